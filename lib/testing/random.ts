import { v7 } from "uuid";

/** Chance that can be repeated: the same seed gives the same values in the same order. */
export interface Random {
  /** At least 0, less than 1. */
  fraction(): number;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items. */
  pick<Item>(items: readonly Item[]): Item;
  /** The items in another order. */
  shuffle<Item>(items: readonly Item[]): Item[];
  /** A UUID v7 that looks as if it had been made at this instant (epoch milliseconds). */
  id<Id extends string = string>(at: number): Id;
}

/** Marsaglia's xorshift128 under a multiplication; for made-up data, never for secrets. */
export function createRandom(seed: number): Random {
  const state = new Uint32Array([seed, 0x9e3779b9, 0x243f6a88, 0xb7e15162]);

  function word(): number {
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const mixed = a ^ (a << 11);
    state.set([b, c, d, d ^ (d >>> 19) ^ mixed ^ (mixed >>> 8)]);
    return Math.imul(state[3] ?? 0, 0x2c1b3c6d) >>> 0;
  }
  // The first words of a small seed are alike.
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
