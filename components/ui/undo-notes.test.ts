import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bulkUndoTime, UndoNotes } from "./undo-notes";

describe("toasts with an undo action", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("stay until the next change", () => {
    const closed: string[] = [];
    const notes = new UndoNotes((key) => closed.push(key));
    notes.add("first", 0);
    vi.advanceTimersByTime(600_000);
    expect(closed).toEqual([]);
    notes.add("second", 0);
    expect(closed).toEqual(["first"]);
  });

  it("are closed by a change without undo", () => {
    const closed: string[] = [];
    const notes = new UndoNotes((key) => closed.push(key));
    notes.add("first", 0);
    notes.end();
    expect(closed).toEqual(["first"]);
    notes.add("many", bulkUndoTime);
    notes.end();
    expect(closed).toEqual(["first"]);
    vi.advanceTimersByTime(bulkUndoTime);
    expect(closed).toEqual(["first", "many"]);
  });

  it("of a bulk change stay 30 seconds, even if another change follows", () => {
    const closed: string[] = [];
    const notes = new UndoNotes((key) => closed.push(key));
    notes.add("many", bulkUndoTime);
    vi.advanceTimersByTime(10_000);
    notes.add("next", 0);
    vi.advanceTimersByTime(19_999);
    expect(closed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(closed).toEqual(["many"]);
    notes.add("last", 0);
    expect(closed).toEqual(["many", "next"]);
  });
});
