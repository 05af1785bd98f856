/** A cache of results. Concurrent callers share one computation. */
export interface Recent<Answer> {
  /**
   * Returns the result for a key, if it was computed within the retention time before `now`; otherwise
   * computes it.
   */
  of(question: string, now: number, compute: () => Promise<Answer>): Promise<Answer>;
}

/**
 * Creates a cache that keeps results for `keepMs` and at most `capacity` keys. Failed computations are not
 * cached.
 */
export function createRecent<Answer>(keepMs: number, capacity = 1_000): Recent<Answer> {
  const kept = new Map<string, { since: number; answer: Promise<Answer> }>();
  return {
    of(question, now, compute) {
      const known = kept.get(question);
      if (known && Math.abs(now - known.since) < keepMs) return known.answer;
      if (kept.size >= capacity) kept.clear();
      const one = { since: now, answer: compute() };
      kept.set(question, one);
      one.answer.catch(() => {
        if (kept.get(question) === one) kept.delete(question);
      });
      return one.answer;
    },
  };
}
