/** Keeps answers for a while, and computes each one once for all who ask meanwhile. */
export interface Recent<Answer> {
  /** Returns the answer to a question, computed after `now` minus the time that answers are kept. */
  of(question: string, now: number, compute: () => Promise<Answer>): Promise<Answer>;
}

/**
 * Creates a cache that keeps answers for `keepMs` and at most `capacity` questions. An answer that could not be
 * computed is not kept.
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
