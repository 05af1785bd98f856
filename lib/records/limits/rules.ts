/** Length of a rate limit window in milliseconds. */
export const windowLength = 60_000;

/** State of a window after a request was counted. */
export interface Standing {
  limit: number;
  /** Remaining requests in the window; never negative. */
  remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  resetSeconds: number;
  exceeded: boolean;
}

/** Computes the state of a window. Times are epoch milliseconds. */
export function standing(counted: number, limit: number, resetsAt: number, now: number): Standing {
  return {
    limit,
    remaining: Math.max(0, limit - counted),
    resetSeconds: Math.max(1, Math.ceil((resetsAt - now) / 1000)),
    exceeded: counted > limit,
  };
}

/**
 * Returns the rate limit headers (draft-ietf-httpapi-ratelimit-headers, section 2). `window` is in
 * milliseconds.
 */
export function limitHeaders(
  name: string,
  { limit, remaining, resetSeconds }: Standing,
  window = windowLength,
): Record<string, string> {
  return {
    "RateLimit-Policy": `"${name}";q=${limit};w=${window / 1000}`,
    RateLimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  };
}

export interface Counter {
  /** Counts a request and returns the state of its window. `now` is epoch milliseconds. */
  count(key: string, limit: number, now: number): Standing | Promise<Standing>;
}

/**
 * Creates a fixed-window counter: the window of a key begins with its first request. Holds at most `capacity`
 * keys, then drops the half that was used least recently, because clients can make up keys.
 */
export function createWindowCounter(capacity: number) {
  interface Window {
    count: number;
    resetsAt: number;
  }
  // Two generations, because deleting keys one by one from a Map is slow. A generation lasts at least one
  // window, so dropping the older one loses no running window.
  let recent = new Map<string, Window>();
  let older = new Map<string, Window>();
  let began = Number.NEGATIVE_INFINITY;

  return {
    /** Counts a request and returns the state of the key's window. */
    count(key: string, limit: number, now: number): Standing {
      if (now - began >= windowLength || recent.size >= capacity / 2) {
        older = recent;
        recent = new Map();
        began = now;
      }
      let window = recent.get(key);
      if (!window) {
        window = older.get(key) ?? { count: 0, resetsAt: now + windowLength };
        recent.set(key, window);
      }
      if (window.resetsAt <= now) {
        window.count = 0;
        window.resetsAt = now + windowLength;
      }
      window.count++;
      return standing(window.count, limit, window.resetsAt, now);
    },

    /** Number of windows held. */
    get size(): number {
      return recent.size + older.size;
    },
  };
}

/**
 * Returns the key under which an IP address is counted: for IPv6 its /64 prefix, within which a client can
 * change addresses; an IPv4-mapped address counts as IPv4.
 */
export function addressGroup(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.toLowerCase().split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array<string>(gap).fill("0"), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
