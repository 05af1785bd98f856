/** Minimum time that the undo of a bulk change is offered, in milliseconds. */
export const bulkUndoTime = 30_000;

/** Tracks the toasts with an undo action. Each stays until the next change, but at least its minimum time. */
export class UndoNotes {
  /** Toast keys and the times until which they must stay. */
  private readonly shown = new Map<string, number>();

  constructor(private readonly close: (key: string) => void) {}

  /** Adds a toast and ends earlier ones. `atLeast` is in milliseconds. */
  add(key: string, atLeast: number): void {
    this.end();
    this.shown.set(key, Date.now() + atLeast);
  }

  /** Closes all toasts after a change, or once their minimum time is over. */
  end(): void {
    const now = Date.now();
    for (const [earlier, until] of this.shown) {
      this.shown.delete(earlier);
      if (until <= now) this.close(earlier);
      else setTimeout(() => this.close(earlier), until - now);
    }
  }
}
