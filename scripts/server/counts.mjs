// How often something happened in the last minute, kept in one place for several processes. The rules are those of
// createWindowCounter in lib/records/limits/rules.ts (this process loads nothing of the product, to stay small):
// counts.test.ts holds the two against each other.

/** Milliseconds of a window. */
const WINDOW = 60_000;

/** Counts in fixed windows, at most about `capacity` keys. */
export function createCounts(capacity) {
  let recent = new Map();
  let older = new Map();
  let began = Number.NEGATIVE_INFINITY;
  return {
    /** Counts one; gives what it has come to in its window, and when that ends (epoch milliseconds). */
    count(key, now) {
      if (now - began >= WINDOW || recent.size >= capacity / 2) {
        older = recent;
        recent = new Map();
        began = now;
      }
      let window = recent.get(key);
      if (!window) {
        window = older.get(key) ?? { count: 0, resetsAt: now + WINDOW };
        recent.set(key, window);
      }
      if (window.resetsAt <= now) {
        window.count = 0;
        window.resetsAt = now + WINDOW;
      }
      window.count++;
      return window;
    },
  };
}
