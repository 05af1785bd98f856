/** Events that wait until the client reads on. */
export interface Backlog<E> {
  add(event: E): void;
  /** Removes and returns the oldest events, up to `count`. */
  take(count: number): E[];
  readonly size: number;
  /** Whether too many events were waiting, so that they were dropped. Adds nothing until `restart`. */
  readonly lost: boolean;
  restart(): void;
}

/**
 * Creates a backlog of at most `most` events. Above that, keeps only the last event of each resource; if that
 * is still too many, drops all.
 */
export function createBacklog<E>(most: number, resourceOf: (event: E) => string): Backlog<E> {
  let list: E[] = [];
  let merged: Map<string, E> | undefined;
  let lost = false;

  function merge(event: E): void {
    const resource = resourceOf(event);
    // Delete first, so that the map keeps the order of the log.
    merged?.delete(resource);
    merged?.set(resource, event);
  }

  return {
    add(event) {
      if (lost) return;
      if (merged) merge(event);
      else if (list.push(event) > most) {
        merged = new Map();
        for (const each of list) merge(each);
        list = [];
      }
      if (merged && merged.size > most) {
        merged = undefined;
        lost = true;
      }
    },
    take(count) {
      if (!merged) return list.splice(0, count);
      const taken = [...merged].slice(0, count);
      for (const [resource] of taken) merged.delete(resource);
      if (merged.size === 0) merged = undefined;
      return taken.map(([, event]) => event);
    },
    get size() {
      return merged?.size ?? list.length;
    },
    get lost() {
      return lost;
    },
    restart() {
      lost = false;
    },
  };
}
