/** A timer that calls functions later. */
export interface Timer {
  /** Calls `run` after `ms`. Returns a function that cancels. */
  after(ms: number, run: () => void): () => void;
  stop(): void;
}

/**
 * Creates a timer in a worker, because timers in hidden pages are throttled. Falls back to a timer in the
 * page.
 */
export function createTimer(open: () => Worker = () => new Worker("/presence-timer.js")): Timer {
  let worker: Worker | undefined;
  try {
    worker = open();
  } catch {
    // For example, because of a browser extension that blocks workers.
  }
  let lastId = 0;
  const waiting = new Map<number, () => void>();
  const ring = (id: number) => {
    const run = waiting.get(id);
    waiting.delete(id);
    run?.();
  };
  const start = (id: number, ms: number) => {
    if (worker) worker.postMessage({ id, ms });
    else setTimeout(() => ring(id), ms);
  };
  if (worker) {
    worker.onmessage = ({ data }: MessageEvent<number>) => ring(data);
    worker.onerror = () => {
      worker = undefined;
      // Calls everything that the worker was supposed to call.
      for (const id of [...waiting.keys()]) ring(id);
    };
  }
  return {
    after(ms, run) {
      const id = ++lastId;
      waiting.set(id, run);
      start(id, ms);
      return () => void waiting.delete(id);
    },
    stop() {
      waiting.clear();
      worker?.terminate();
    },
  };
}
