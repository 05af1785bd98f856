import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@/lib/platform/clock";
import { type Cursor, compareCursors } from "@/lib/platform/events/server/cursor";
import { type Batch, createBatch } from "@/lib/platform/events/server/frames";
import {
  type EventRepository,
  type EventRow,
  isLost,
  type Place,
} from "@/lib/platform/events/server/repository";
import { keptSince } from "@/lib/platform/events/server/retention";
import { accessChanged, isOfAccess } from "@/lib/platform/events/values";
import type { Logger } from "@/lib/platform/logger";

/** Receives the events of one workspace. */
export interface Listener {
  /** Called for each batch, in order. A batch may contain events that the listener already has. */
  offer(batch: Batch): void;
  /** Called instead if events are missing. The next batch continues after `end`. */
  lose(end: Cursor): void;
  /**
   * Called before a batch with a change that may affect the permissions of this actor, or of anyone if
   * `undefined`.
   */
  suspect(actorId: string | undefined): void;
}

/** Reads the log for all streams of a process. */
export interface LogReader {
  /**
   * Adds a listener that has received everything before `after`. Returns false if the reader is ahead of
   * that: then the listener must read the rest of the log itself and try again.
   */
  join(workspaceId: string, listener: Listener, after: Cursor): boolean;
  leave(workspaceId: string, listener: Listener): void;
  /** Returns the cursor before which the listeners of a workspace have received everything. */
  reached(workspaceId: string): Cursor | undefined;
}

/** Milliseconds between two polls, with and without traffic, and after a failure. */
const usualPace = { busy: 100, quiet: 500, failed: 1_000 };
const slowdown = 1.5;
/** Maximum number of events per workspace and poll. */
const most = 1_000;

interface Followed {
  after: Cursor;
  listeners: Set<Listener>;
}

/**
 * Creates a reader that polls while there are listeners, with one statement for all workspaces. Does not use
 * NOTIFY, which would take a cluster-wide lock at each commit
 * (docs/decisions/0038-event-log-without-notify.md).
 */
export function createLogReader(
  { repository, clock, logger }: { repository: EventRepository; clock: Clock; logger: Logger },
  pace = usualPace,
): LogReader {
  const followed = new Map<string, Followed>();
  let running = false;
  let failed = false;

  /** Reads once. Returns the number of events, and whether more may be waiting. */
  async function poll(): Promise<{ count: number; full: boolean }> {
    const entries = [...followed];
    const places: Place[] = entries.map(([workspaceId, { after }]) => ({ workspaceId, after }));
    const part = await repository.poll(places, most, keptSince(clock.now()));
    const rowsOf = new Map<string, EventRow[]>();
    for (const row of part.rows) {
      const rows = rowsOf.get(row.workspaceId);
      if (rows) rows.push(row);
      else rowsOf.set(row.workspaceId, [row]);
    }
    let full = false;
    for (const [workspaceId, entry] of entries) {
      // In the meantime, all listeners may have left and new ones joined.
      if (followed.get(workspaceId) !== entry) continue;
      if (isLost(entry.after, part)) {
        entry.after = part.end;
        for (const listener of entry.listeners) listener.lose(part.end);
        continue;
      }
      const rows = rowsOf.get(workspaceId) ?? [];
      const last = rows.at(-1);
      const isFull = rows.length === most && last !== undefined;
      full ||= isFull;
      entry.after = isFull ? last.cursor : part.end;
      if (last) deliver(entry.listeners, rows);
    }
    return { count: part.rows.length, full };
  }

  async function run(): Promise<void> {
    let wait = pace.busy;
    while (followed.size > 0) {
      try {
        const { count, full } = await poll();
        if (failed) logger.info("events are read again");
        failed = false;
        wait = full ? 0 : count > 0 ? pace.busy : Math.min(Math.max(wait, pace.busy) * slowdown, pace.quiet);
      } catch (error) {
        // Streams stay open and continue where they were.
        if (!failed) logger.warn({ err: error }, "events can't be read; streams wait");
        failed = true;
        wait = pace.failed;
      }
      await sleep(wait, undefined, { ref: false });
    }
    running = false;
  }

  return {
    join(workspaceId, listener, after) {
      const entry = followed.get(workspaceId);
      if (entry && compareCursors(after, entry.after) < 0) return false;
      if (entry) entry.listeners.add(listener);
      else followed.set(workspaceId, { after, listeners: new Set([listener]) });
      if (!running) {
        running = true;
        void run();
      }
      return true;
    },
    leave(workspaceId, listener) {
      const entry = followed.get(workspaceId);
      entry?.listeners.delete(listener);
      if (entry?.listeners.size === 0) followed.delete(workspaceId);
    },
    reached: (workspaceId) => followed.get(workspaceId)?.after,
  };
}

function deliver(listeners: ReadonlySet<Listener>, rows: readonly EventRow[]): void {
  for (const row of rows)
    if (isOfAccess(row.type)) {
      const actorId = row.resourceType === "role" ? undefined : row.resourceId;
      for (const listener of listeners) listener.suspect(actorId);
    }
  const batch = createBatch(rows.filter((row) => row.type !== accessChanged));
  if (batch.events.length > 0) for (const listener of listeners) listener.offer(batch);
}
