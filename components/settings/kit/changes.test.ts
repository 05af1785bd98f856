import { describe, expect, it } from "vitest";
import { changed, reverse } from "./changes";

describe("changed", () => {
  it("keeps what was touched, also where only a part of it was", () => {
    const values = { name: "A", email: { username: "a", domain: "b" }, signature: null };
    expect(changed(values, { email: { username: false, domain: true } })).toEqual({
      email: { username: "a", domain: "b" },
    });
    expect(changed(values, { name: true, signature: true })).toEqual({ name: "A", signature: null });
    expect(changed(values, {})).toEqual({});
  });

  it("takes a list for touched when any of it was", () => {
    expect(changed({ ids: ["a", "b"] }, { ids: [false, true] })).toEqual({ ids: ["a", "b"] });
    expect(changed({ ids: ["a"] }, { ids: [false] })).toEqual({});
  });
});

describe("reverse", () => {
  it("gives each property back as it was, and clears what was not there", () => {
    expect(reverse({ id: "1", name: "Before" }, { name: "After", description: "New" })).toEqual({
      name: "Before",
      description: null,
    });
  });
});
