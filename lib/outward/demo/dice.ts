/** Random choices for the demo. */
export interface Dice {
  /** Returns true with this probability. */
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** Returns up to `count` different items. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

/** `random` returns a number in [0, 1). */
export function createDice(random: () => number): Dice {
  return {
    chance: (probability) => random() < probability,
    pick: (items) => items[Math.floor(random() * items.length)] ?? items[0],
    some(items, count) {
      const left = [...items];
      const chosen = [];
      while (left.length > 0 && chosen.length < count)
        chosen.push(...left.splice(Math.floor(random() * left.length), 1));
      return chosen;
    },
  };
}
