import { validate, version } from "uuid";
import { describe, expect, it } from "vitest";
import { createRandom } from "./random";

describe("createRandom", () => {
  it("repeats its values for the same seed only", () => {
    const draw = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 50 }, () => random.integer(1, 1_000_000));
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it("includes both ends of a range", () => {
    const random = createRandom(3);
    const drawn = new Set(Array.from({ length: 500 }, () => random.integer(-2, 2)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  it("shuffles without losing items", () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    const shuffled = createRandom(4).shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
  });

  it("creates distinct UUID v7 in order of time", () => {
    const random = createRandom(5);
    const ids = Array.from({ length: 1000 }, (_, index) => random.id(1_700_000_000_000 + index));
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    const atOnce = Array.from({ length: 1000 }, () => random.id(1_700_000_000_000));
    expect(new Set(atOnce).size).toBe(1000);
  });
});
