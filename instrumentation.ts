/** Kept on the global object: in development this module is loaded again after a change. */
const shared = globalThis as { rollcallSweep?: () => void; rollcallOpened?: () => void };

/** Runs once when the server starts: a wrong setting stops it here with one line, not at the first request. */
export async function register(): Promise<void> {
  // The bundler leaves this branch out of what is made for other runtimes, which know no signals.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    try {
      const { getServices } = await import("@/lib/services");
      const { keepSwept } = await import("@/lib/sweep");
      shared.rollcallSweep?.();
      shared.rollcallSweep = keepSwept(getServices());
    } catch (error) {
      // Next would report it and go on without having started.
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      process.exit(1);
    }
    process.once("SIGTERM", shared.rollcallSweep);
    // Our own server waits for this before it listens (scripts/server/serve.mjs).
    shared.rollcallOpened?.();
  }
}
