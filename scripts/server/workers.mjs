// The parent of several workers: distributes connections, keeps shared counts and replaces workers that die.
// Answers no requests itself.
import cluster from "node:cluster";
import { createCounts } from "./counts.mjs";

/** Milliseconds for workers to end; each waits up to 10 seconds for its own requests. */
const WAIT_FOR_WORKERS = 11_500;
/** Milliseconds until a dead worker is replaced; doubles on repeated failures up to the maximum. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 30_000;
/** Milliseconds after which a worker counts as stable. */
const STEADY = 60_000;
/** Maximum number of counter keys, at about 100 bytes each. */
const CAPACITY = 100_000;

/** Runs `count` workers that share `connections` database connections, until the process is asked to end. */
export function oversee(count, connections) {
  const counts = createCounts(CAPACITY);
  const places = Array.from({ length: count }, (_, at) => ({
    env: {
      ROLLCALL_WORKER: `${at + 1}/${count}`,
      DATABASE_POOL: String(
        Math.max(1, Math.floor(connections / count) + (at < connections % count ? 1 : 0)),
      ),
    },
    wait: FIRST_WAIT,
    worker: undefined,
  }));
  let stopping = false;
  let exitCode = 0;
  /** Number of workers that have started to serve. */
  let listening = 0;

  function fill(place) {
    const began = Date.now();
    const worker = cluster.fork(place.env);
    place.worker = worker;
    worker.on("message", (message) => {
      if (Array.isArray(message?.count)) answer(worker, message.count);
    });
    // Sending to a worker that has just died. "exit" follows.
    worker.on("error", () => undefined);
    worker.on("exit", (code, signal) => {
      place.worker = undefined;
      if (stopping) {
        if (places.every((each) => each.worker === undefined)) process.exit(exitCode);
        return;
      }
      // A failure during startup, such as a wrong setting or a used port, would repeat.
      if (listening < count) {
        stop(code || 1);
        return;
      }
      if (Date.now() - began >= STEADY) place.wait = FIRST_WAIT;
      console.error(
        `Worker ${place.env.ROLLCALL_WORKER} (process ${worker.process.pid}) stopped (${signal ?? code}). Restarting it in ${place.wait / 1000} s`,
      );
      setTimeout(() => !stopping && fill(place), place.wait);
      place.wait = Math.min(place.wait * 2, LONGEST_WAIT);
    });
  }

  function answer(worker, asked) {
    const counted = asked.map(([id, key, now]) => {
      const { count, resetsAt } = counts.count(key, now);
      return [id, count, resetsAt];
    });
    if (worker.isConnected()) worker.send({ counted }, () => undefined);
  }

  function stop(code = 0) {
    if (stopping) return;
    stopping = true;
    exitCode = code;
    const running = places.filter((each) => each.worker !== undefined);
    if (running.length === 0) process.exit(code);
    for (const { worker } of running) {
      if (!worker.isConnected()) continue;
      // Closes the port here first. If workers closed it, a connection handed to one that had just closed it
      // would be returned to nobody, and hang until this process ends. The worker is disconnected once it has
      // no connections.
      worker.disconnect();
      worker.send("stop", () => undefined);
    }
    setTimeout(() => {
      for (const { worker } of running) worker.process.kill("SIGKILL");
    }, WAIT_FOR_WORKERS).unref();
  }

  cluster.on("listening", () => {
    listening++;
  });
  process.on("SIGTERM", () => stop());
  process.on("SIGINT", () => stop());
  process.on("message", (message) => message === "stop" && stop());
  process.on("disconnect", () => stop());
  for (const place of places) fill(place);
}
