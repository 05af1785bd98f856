import { describe, expect, it } from "vitest";
import { deviceProblem } from "./devices";

describe("a camera or microphone that can't be opened", () => {
  it.each([
    ["NotAllowedError", "denied"],
    ["SecurityError", "denied"],
    ["NotFoundError", "missing"],
    ["OverconstrainedError", "missing"],
    ["NotReadableError", "busy"],
    ["AbortError", "busy"],
    ["NotSupportedError", "unsupported"],
    ["InvalidStateError", "failed"],
  ])("has a reason: %s is %s", (name, problem) => {
    expect(deviceProblem(new DOMException("", name))).toBe(problem);
  });

  it("is unsupported if the browser lacks the function, and failed otherwise", () => {
    expect(deviceProblem(new TypeError("no such function"))).toBe("unsupported");
    expect(deviceProblem("?")).toBe("failed");
  });
});
