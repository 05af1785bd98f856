import { describe, expect, it } from "vitest";
import { merge, moved, put, without } from "./list-write";

interface Item {
  id: string;
  name: string;
  description?: string;
}

const items: Item[] = [
  { id: "1", name: "One", description: "First" },
  { id: "2", name: "Two" },
];

describe("merge", () => {
  it("changes one item: undefined leaves a property, null removes it", () => {
    expect(merge(items, "1", { name: "Uno", description: undefined })[0]).toEqual({
      id: "1",
      name: "Uno",
      description: "First",
    });
    expect(merge(items, "1", { description: null })[0]).toEqual({ id: "1", name: "One" });
  });

  it("keeps the identity of other items", () => {
    expect(merge(items, "1", { name: "Uno" })[1]).toBe(items[1]);
    expect(merge(items, "3", { name: "Tres" })).toEqual(items);
  });
});

describe("put", () => {
  it("replaces the item with the same id, or appends", () => {
    expect(put(items, { id: "1", name: "Uno" }).map(({ name }) => name)).toEqual(["Uno", "Two"]);
    expect(put(items, { id: "3", name: "Three" }).map(({ id }) => id)).toEqual(["1", "2", "3"]);
  });
});

describe("without", () => {
  it("removes one item", () => {
    expect(without(items, "1")).toEqual([items[1]]);
  });
});

describe("moved", () => {
  const start = ["a", "b", "c"].map((id, position) => ({ id, position }));
  const orderOf = (items: typeof start) => items.map(({ id, position }) => `${id}${position}`).join(" ");

  it("moves one item and renumbers all", () => {
    expect(orderOf(moved(start, "c", 0))).toBe("c0 a1 b2");
    expect(orderOf(moved(start, "a", 1))).toBe("b0 a1 c2");
    expect(orderOf(moved(start, "a", 49))).toBe("b0 c1 a2");
  });

  it("leaves the list without a position or for an unknown item", () => {
    expect(moved(start, "a", undefined)).toBe(start);
    expect(moved(start, "x", 1)).toBe(start);
  });
});
