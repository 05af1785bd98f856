/** Calls functions later. */
export interface Timer {
  /** Calls `run` after `ms`. Returns a function that cancels. */
  after(ms: number, run: () => void): () => void;
  stop(): void;
}

/** Creates a timer in a worker, which keeps time in hidden pages; in the page where there are no workers. */
export function createTimer(open: () => Worker = () => new Worker("/presence-timer.js")): Timer {
  let worker: Worker | undefined;
  try {
    worker = open();
  } catch {
    // Such as a browser extension that forbids workers.
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
      // What the worker should have called comes now, rather than never.
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
