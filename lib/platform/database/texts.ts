/** Texts by what they are made from. */
export interface Texts {
  /** The text of that name, made where it is not known. */
  of(name: string, make: () => string): string;
}

/**
 * Keeps texts that are made again and again out of a few pieces, so that each is made, and gone through, once. At most
 * `capacity`; then all are forgotten, for a client could ask for one combination of filters after the other.
 */
export function createTexts(capacity = 1_000): Texts {
  const known = new Map<string, string>();
  return {
    of(name, make) {
      let text = known.get(name);
      if (text === undefined) {
        if (known.size >= capacity) known.clear();
        text = make();
        known.set(name, text);
      }
      return text;
    },
  };
}
