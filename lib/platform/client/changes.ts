const listeners = new Set<() => void>();

/** Changes that this page has made by the API. */
export const changes = {
  /** Tells all who listen that a change was made. */
  tell(): void {
    for (const listener of listeners) listener();
  },

  /** Gives back how to stop listening. */
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
