const listeners = new Set<() => void>();

/** Changes that this page has made through the API. */
export const changes = {
  /** Notifies all listeners. */
  tell(): void {
    for (const listener of listeners) listener();
  },

  /** Returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
