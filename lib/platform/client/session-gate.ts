/** How waiting ended: the same person signed in again, or not. */
type Outcome = "resumed" | "abandoned";

interface Waiting {
  promise: Promise<Outcome>;
  settle: (outcome: Outcome) => void;
}

let waiting: Waiting | undefined;
const listeners = new Set<() => void>();

const tell = () => {
  for (const listener of listeners) listener();
};

/**
 * Holds requests whose session has expired until the same person signs in again on the page, so that unsaved
 * input survives. The requests are then retried.
 */
export const sessionGate = {
  /** Waits for the sign-in. All callers share one promise. */
  wait(): Promise<Outcome> {
    if (!waiting) {
      let settle: Waiting["settle"] = () => undefined;
      const promise = new Promise<Outcome>((resolve) => {
        settle = resolve;
      });
      waiting = { promise, settle };
      tell();
    }
    return waiting.promise;
  },

  /** Whether any request is waiting. */
  isClosed: () => waiting !== undefined,

  /** Resolves all waiting requests. */
  settle(outcome: Outcome): void {
    const settled = waiting;
    waiting = undefined;
    settled?.settle(outcome);
    tell();
  },

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
