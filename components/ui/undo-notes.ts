/** A note that offers to undo a change stays at least this long, in milliseconds, where the change was of many at once. */
export const bulkUndoTime = 30_000;

/** Which notes offer an undo: each lasts until the next change, and as long as it was promised. */
export class UndoNotes {
  /** Keys of the notes, with the instant until which each must stay. */
  private readonly shown = new Map<string, number>();

  constructor(private readonly close: (key: string) => void) {}

  /** A note was shown; those before it end. `atLeast` is in milliseconds. */
  add(key: string, atLeast: number): void {
    this.end();
    this.shown.set(key, Date.now() + atLeast);
  }

  /** Something was changed: the notes go, at once or when their time is over. */
  end(): void {
    const now = Date.now();
    for (const [earlier, until] of this.shown) {
      this.shown.delete(earlier);
      if (until <= now) this.close(earlier);
      else setTimeout(() => this.close(earlier), until - now);
    }
  }
}
