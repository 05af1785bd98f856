import { describe, expect, it } from "vitest";
import { follows } from "./availability";

describe("follows", () => {
  it("accepts the same version and the next one", () => {
    expect(follows('"5.abc"', '"5.def"')).toBe(true);
    expect(follows('"5.abc"', '"6.def"')).toBe(true);
  });

  it("rejects a skipped version, an older answer, and a missing tag", () => {
    expect(follows('"5.abc"', '"7.def"')).toBe(false);
    expect(follows('"7.abc"', '"6.def"')).toBe(false);
    expect(follows(undefined, '"6.def"')).toBe(false);
    expect(follows('"5.abc"', undefined)).toBe(false);
  });
});
