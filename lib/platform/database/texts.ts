/** A cache of generated SQL texts, or of values derived from a text, by name. */
interface Texts<Text = string> {
  /** Returns the cached text, or calls `make` and caches the result. */
  of(name: string, make: () => Text): Text;
}

/**
 * Creates a cache for texts that are assembled repeatedly from a few parts. It is cleared when it holds
 * `capacity` texts, because clients control the number of filter combinations.
 */
export function createTexts<Text = string>(capacity = 1_000): Texts<Text> {
  const known = new Map<string, Text>();
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
