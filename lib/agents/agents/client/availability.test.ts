import { describe, expect, it } from "vitest";
import { follows } from "./availability";

describe("follows", () => {
  it("is true of the same version and of the next", () => {
    expect(follows('"5.abc"', '"5.def"')).toBe(true);
    expect(follows('"5.abc"', '"6.def"')).toBe(true);
  });

  it("is false where another change came in between, where answers overtook one another, and without a tag", () => {
    expect(follows('"5.abc"', '"7.def"')).toBe(false);
    expect(follows('"7.abc"', '"6.def"')).toBe(false);
    expect(follows(undefined, '"6.def"')).toBe(false);
    expect(follows('"5.abc"', undefined)).toBe(false);
  });
});
