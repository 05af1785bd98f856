import { describe, expect, it } from "vitest";
import { changed, emptyAsNull, reverse, withoutEmpty } from "./changes";

describe("changed", () => {
  it("keeps a value if any part of it was edited", () => {
    const values = { name: "A", email: { username: "a", domain: "b" }, signature: null };
    expect(changed(values, { email: { username: false, domain: true } })).toEqual({
      email: { username: "a", domain: "b" },
    });
    expect(changed(values, { name: true, signature: true })).toEqual({ name: "A", signature: null });
    expect(changed(values, {})).toEqual({});
  });

  it("treats a list as changed if any item was edited", () => {
    expect(changed({ ids: ["a", "b"] }, { ids: [false, true] })).toEqual({ ids: ["a", "b"] });
    expect(changed({ ids: ["a"] }, { ids: [false] })).toEqual({});
  });
});

describe("reverse", () => {
  it("restores each property and clears those that were not set", () => {
    expect(reverse({ id: "1", name: "Before" }, { name: "After", description: "New" })).toEqual({
      name: "Before",
      description: null,
    });
  });
});

describe("an empty text", () => {
  const values = { name: "A", description: "", default: false, ids: [] };

  it("is left out of a new item", () => {
    expect(withoutEmpty(values)).toEqual({ name: "A", default: false, ids: [] });
  });

  it("clears the property of an existing item", () => {
    expect(emptyAsNull(values)).toEqual({ name: "A", description: null, default: false, ids: [] });
  });
});
