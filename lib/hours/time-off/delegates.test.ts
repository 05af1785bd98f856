import { describe, expect, it } from "vitest";
import { type Delegation, delegatesAt, delegateTrouble, lastDelegate } from "./delegates";

const from = (agentId: string, delegateAgentId: string, start = 0, end = 10): Delegation => ({
  agentId,
  delegateAgentId,
  start,
  end,
});

/** A chain of agents that starts with `a`; each is the delegate of the previous one. */
const chain = (length: number) =>
  Array.from({ length }, (_, index) =>
    from(String.fromCharCode(97 + index), String.fromCharCode(98 + index)),
  );

describe("delegateTrouble", () => {
  it("allows a chain of five delegates but not of six, wherever the new one is", () => {
    for (const length of [5, 6])
      for (let place = 0; place < length; place++) {
        const all = chain(length);
        const [added] = all.splice(place, 1);
        expect(added && delegateTrouble(added, all)).toBe(length === 6 ? "tooLong" : undefined);
      }
  });

  it("finds a loop of two and of more", () => {
    expect(delegateTrouble(from("a", "b"), [from("b", "a")])).toBe("loop");
    expect(delegateTrouble(from("d", "a"), chain(3))).toBe("loop");
  });

  it("finds a loop that exists only for a moment, even if it begins later", () => {
    expect(delegateTrouble(from("a", "b", 0, 10), [from("b", "a", 9, 20)])).toBe("loop");
    const later = [from("b", "c", 0, 5), from("b", "a", 5, 6)];
    expect(delegateTrouble(from("a", "b", 0, 10), later)).toBe("loop");
  });

  it("allows two agents to be each other's delegate, one after the other", () => {
    expect(delegateTrouble(from("a", "b", 0, 10), [from("b", "a", 10, 20)])).toBeUndefined();
    expect(delegateTrouble(from("a", "b", 10, 20), [from("b", "a", 0, 10)])).toBeUndefined();
  });

  it("ignores loops and chains that don't include the new delegation", () => {
    expect(delegateTrouble(from("x", "y"), [from("a", "b"), from("b", "a"), ...chain(6)])).toBeUndefined();
  });
});

describe("lastDelegate", () => {
  it("follows the chain of those who are off at that time", () => {
    const delegations = [from("a", "b", 0, 10), from("b", "c", 5, 10)];
    expect(lastDelegate(delegatesAt(delegations, 4), "a")).toBe("b");
    expect(lastDelegate(delegatesAt(delegations, 5), "a")).toBe("c");
    expect(lastDelegate(delegatesAt(delegations, 10), "a")).toBe("a");
  });
});
