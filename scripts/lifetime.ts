import { setTimeout as sleep } from "node:timers/promises";

/** Thrown when a command is asked to end. Not an error; nothing is printed. */
export class Interrupted extends Error {
  override name = "Interrupted";
}

/**
 * Resources of a command and their cleanup. Ctrl-C, SIGTERM and a closed terminal end them in reverse order;
 * a second request kills them.
 */
export class Lifetime {
  private readonly endings: (() => Promise<unknown>)[] = [];
  private readonly cuts: (() => void)[] = [];
  private readonly controller = new AbortController();
  private asked = 0;

  /** Aborted when the command ends for any reason. */
  readonly signal = this.controller.signal;

  /** Whether the command was asked to end. */
  get wasAsked(): boolean {
    return this.asked > 0;
  }

  /** Registers how to stop a resource and, optionally, how to kill it. */
  onEnd(end: () => Promise<unknown>, cut?: () => void): void {
    this.endings.push(end);
    if (cut) this.cuts.push(cut);
  }

  /** Throws `Interrupted` if the command was asked to end. */
  check(): void {
    if (this.signal.aborted) throw new Interrupted();
  }

  /** Never resolves; rejects with `Interrupted` when the command is asked to end. */
  readonly interruption = new Promise<never>((_, reject) => {
    this.signal.addEventListener("abort", () => reject(new Interrupted()), { once: true });
  });

  /** Runs a command and stops everything it has started, even if it fails. */
  static async of<T>(command: (lifetime: Lifetime) => Promise<T>): Promise<T | undefined> {
    const lifetime = new Lifetime();
    // The command may wait for nothing when it ends.
    lifetime.interruption.catch(() => undefined);
    const listener = () => lifetime.ask();
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const name of signals) process.on(name, listener);
    const orphaned = watchForEndOfNpm(listener);
    try {
      return await command(lifetime);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      return undefined;
    } finally {
      lifetime.controller.abort();
      for (const end of lifetime.endings.reverse()) {
        await end().catch((error) => console.error(error instanceof Error ? error.message : error));
      }
      for (const name of signals) process.off(name, listener);
      clearInterval(orphaned);
    }
  }

  private ask(): void {
    const now = Date.now();
    if (this.asked === 0) {
      this.asked = now;
      this.controller.abort();
      return;
    }
    // npm forwards Ctrl-C although we get it from the terminal as well: one press arrives as two signals.
    if (now - this.asked < 1_000) return;
    console.error("Stopping the remaining processes");
    for (const cut of this.cuts) cut();
    sleep(10_000, undefined, { ref: false }).then(() => process.exit(130));
  }
}

/**
 * npm forwards SIGTERM only to the shell that runs the script, which dies without telling us. A changed
 * parent process reveals it.
 */
function watchForEndOfNpm(onEnd: () => void): NodeJS.Timeout | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onEnd();
  }, 200);
  return timer.unref();
}
