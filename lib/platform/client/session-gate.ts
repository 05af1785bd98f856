/** What became of a session that had ended: the same person is back, or nobody is. */
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
 * Where requests wait whose session has ended, until its owner has signed in again in place: nothing that was typed is
 * lost, and what was sent is sent again.
 */
export const sessionGate = {
  /** Waits for the owner. All that wait, wait for the same answer. */
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

  /** Whether anything waits. */
  isClosed: () => waiting !== undefined,

  /** Lets everything go on that waits. */
  settle(outcome: Outcome): void {
    const settled = waiting;
    waiting = undefined;
    settled?.settle(outcome);
    tell();
  },

  /** For `useSyncExternalStore`. */
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
