/** Events that wait until a client reads on. */
export interface Backlog<E> {
  add(event: E): void;
  /** Removes and returns the oldest, at most `count`. */
  take(count: number): E[];
  readonly size: number;
  /** Whether too much was waiting, so that events were dropped. Then nothing is kept until `restart`. */
  readonly lost: boolean;
  restart(): void;
}

/**
 * Creates a backlog of at most `most` events. If more are waiting, only the last one of each resource stays; if
 * that is still too much, all are dropped.
 */
export function createBacklog<E>(most: number, resourceOf: (event: E) => string): Backlog<E> {
  let list: E[] = [];
  let merged: Map<string, E> | undefined;
  let lost = false;

  function merge(event: E): void {
    const resource = resourceOf(event);
    // Deleted first, so that the map stays in the order of the log.
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
