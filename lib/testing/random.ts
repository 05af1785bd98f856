import { v7 } from "uuid";

/** A seeded random number generator: the same seed gives the same values. */
export interface Random {
  /** Returns a number in [0, 1). */
  fraction(): number;
  /** Returns an integer from `min` to `max`, both inclusive. */
  integer(min: number, max: number): number;
  /** Returns true with this probability. */
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Returns a shuffled copy. */
  shuffle<Item>(items: readonly Item[]): Item[];
  /** Returns a UUID v7 with this time (epoch milliseconds). */
  id<Id extends string = string>(at: number): Id;
}

/** Creates a generator: Marsaglia's xorshift128 with a multiplier. For test data, never for secrets. */
export function createRandom(seed: number): Random {
  const state = new Uint32Array([seed, 0x9e3779b9, 0x243f6a88, 0xb7e15162]);

  function word(): number {
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const mixed = a ^ (a << 11);
    state.set([b, c, d, d ^ (d >>> 19) ^ mixed ^ (mixed >>> 8)]);
    return Math.imul(state[3] ?? 0, 0x2c1b3c6d) >>> 0;
  }
  // The first values of small seeds are similar.
  for (let warm = 0; warm < 20; warm++) word();

  const fraction = () => word() / 2 ** 32;
  const integer = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1));
  return {
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick<Item>(items: readonly Item[]): Item {
      if (items.length === 0) throw new RangeError("nothing to pick from");
      return items[integer(0, items.length - 1)] as Item;
    },
    shuffle<Item>(items: readonly Item[]): Item[] {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = integer(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other] as Item, shuffled[last] as Item];
      }
      return shuffled;
    },
    id: <Id extends string>(at: number) =>
      v7({ msecs: at, random: Uint8Array.from({ length: 16 }, () => integer(0, 255)), seq: word() }) as Id,
  };
}
