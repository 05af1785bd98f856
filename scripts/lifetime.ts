import { setTimeout as sleep } from "node:timers/promises";

/** Thrown out of whatever was going on when the command was asked to end. Not an error: nothing is printed. */
export class Interrupted extends Error {
  override name = "Interrupted";
}

/**
 * What a command has started, and how it ends. Ctrl-C, SIGTERM and a closed terminal ask it to end: what was started
 * is ended in the reverse order. Asked a second time, it's cut off.
 */
export class Lifetime {
  private readonly endings: (() => Promise<unknown>)[] = [];
  private readonly cuts: (() => void)[] = [];
  private readonly controller = new AbortController();
  private asked = 0;

  /** Aborted when the command ends: because it was asked to, or by itself. */
  readonly signal = this.controller.signal;

  /** Whether the command was asked to end. */
  get wasAsked(): boolean {
    return this.asked > 0;
  }

  /** Remembers how to end something that has been started, and how to cut it off. */
  onEnd(end: () => Promise<unknown>, cut?: () => void): void {
    this.endings.push(end);
    if (cut) this.cuts.push(cut);
  }

  /** @throws Interrupted when the command has been asked to end meanwhile */
  check(): void {
    if (this.signal.aborted) throw new Interrupted();
  }

  /** Never fulfils: rejects with Interrupted when the command is asked to end. */
  interruption(): Promise<never> {
    return new Promise((_, reject) => {
      const end = () => reject(new Interrupted());
      if (this.signal.aborted) end();
      else this.signal.addEventListener("abort", end, { once: true });
    });
  }

  /** Runs a command, and ends all that it has started, however it comes to its end. */
  static async of<T>(command: (lifetime: Lifetime) => Promise<T>): Promise<T | undefined> {
    const lifetime = new Lifetime();
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
    // npm passes the terminal's Ctrl-C on to us, who have had it already: one press comes as two signals.
    if (now - this.asked < 1_000) return;
    console.error("Stopping the remaining processes");
    for (const cut of this.cuts) cut();
    sleep(10_000, undefined, { ref: false }).then(() => process.exit(130));
  }
}

/**
 * npm runs a script in a shell and passes a SIGTERM on to that shell only, which dies of it and leaves us behind: we
 * see that our parent has changed.
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
