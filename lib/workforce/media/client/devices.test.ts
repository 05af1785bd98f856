import { describe, expect, it } from "vitest";
import { deviceProblem } from "./devices";

describe("a camera or microphone that does not open", () => {
  it.each([
    ["NotAllowedError", "denied"],
    ["SecurityError", "denied"],
    ["NotFoundError", "missing"],
    ["OverconstrainedError", "missing"],
    ["NotReadableError", "busy"],
    ["AbortError", "busy"],
    ["NotSupportedError", "unsupported"],
    ["InvalidStateError", "failed"],
  ])("says why: %s is %s", (name, problem) => {
    expect(deviceProblem(new DOMException("", name))).toBe(problem);
  });

  it("is unsupported where the browser does not know the call, and failed otherwise", () => {
    expect(deviceProblem(new TypeError("no such function"))).toBe("unsupported");
    expect(deviceProblem("?")).toBe("failed");
  });
});
