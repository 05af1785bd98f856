// Counts events of the last minute for several worker processes. Follows createWindowCounter in
// lib/records/limits/rules.ts but does not import it, to keep this process small; counts.test.ts compares the
// two.

/** Window length in milliseconds. */
const WINDOW = 60_000;

/** Returns a counter with fixed windows for at most about `capacity` keys. */
export function createCounts(capacity) {
  let recent = new Map();
  let older = new Map();
  let began = Number.NEGATIVE_INFINITY;
  return {
    /** Counts an event. Returns the total of the current window and its end (epoch milliseconds). */
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
