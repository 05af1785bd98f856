/** Milliseconds of the window that everything is counted in. */
export const windowLength = 60_000;

/** Where somebody stands in their window, after what was just counted. */
export interface Standing {
  limit: number;
  /** What may still be done before the window ends; never negative. */
  remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  resetSeconds: number;
  exceeded: boolean;
}

/** A standing out of what was counted. Instants are epoch milliseconds. */
export function standing(counted: number, limit: number, resetsAt: number, now: number): Standing {
  return {
    limit,
    remaining: Math.max(0, limit - counted),
    resetSeconds: Math.max(1, Math.ceil((resetsAt - now) / 1000)),
    exceeded: counted > limit,
  };
}

/** The headers that tell a standing (draft-ietf-httpapi-ratelimit-headers, section 2). `window` is in milliseconds. */
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

/** Counts what callers do. */
export interface Counter {
  /** Counts one under the key, and says where it stands. `now` is epoch milliseconds. */
  count(key: string, limit: number, now: number): Standing | Promise<Standing>;
}

/**
 * Counts in fixed windows, one a key, each beginning with the first thing counted. At most `capacity` keys are kept: then
 * the half that was counted least lately is forgotten, so that made-up keys can't fill the memory.
 */
export function createWindowCounter(capacity: number) {
  interface Window {
    count: number;
    resetsAt: number;
  }
  // Two generations, the older one dropped as a whole: taking single keys from the front of a Map is slow. A
  // generation lasts a window at least, so that no window in the older one is still running when it is dropped.
  let recent = new Map<string, Window>();
  let older = new Map<string, Window>();
  let began = Number.NEGATIVE_INFINITY;

  return {
    /** Counts one, and says where the key stands. */
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

    /** How many windows are kept. */
    get size(): number {
      return recent.size + older.size;
    },
  };
}

/**
 * What an address is counted under: of IPv6 the first 64 bits, which is what one connection is given and can vary at
 * will; IPv4 inside IPv6 as IPv4.
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
