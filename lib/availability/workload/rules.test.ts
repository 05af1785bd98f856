import { describe, expect, it } from "vitest";
import { fullAlone } from "./rules";

describe("the only full channel", () => {
  it.each([
    [{ messaging: 5, email: 2 }, { messaging: 5, email: 10 }, "messaging"],
    [{ messaging: 1, email: 11 }, { messaging: 5, email: 10 }, "email"],
    [{ messaging: 5, email: 10 }, { messaging: 5, email: 10 }, undefined],
    [{ messaging: 4, email: 9 }, { messaging: 5, email: 10 }, undefined],
    [{ messaging: 0, email: 1 }, { messaging: 0, email: 10 }, undefined],
    [{ messaging: 50, email: 50 }, undefined, undefined],
  ] as const)("%j of %j: %s", (workload, capacity, channel) =>
    expect(fullAlone({ workload, rule: capacity && { capacity } })).toBe(channel),
  );
});
