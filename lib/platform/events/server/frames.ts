import type { Event } from "@/lib/platform/events/contract";
import { type Cursor, writeCursor } from "@/lib/platform/events/server/cursor";
import type { EventRow } from "@/lib/platform/events/server/repository";
import type { EventType } from "@/lib/platform/events/values";
import { optional, timestamp } from "@/lib/platform/http/wire";

/** Returns an event in the API's format, with the fields of the ledger only if `ledger` is true. */
export function serializeEvent(row: EventRow, ledger: boolean): Event {
  return {
    id: writeCursor(row.cursor),
    type: row.type as EventType,
    workspaceId: row.workspaceId,
    occurredAt: timestamp(row.occurredAt),
    resource: {
      type: row.resourceType,
      id: row.resourceId,
      ...optional("version", row.version),
      ...optional("agentId", row.agentId),
    },
    ...(ledger && row.actorKind
      ? { actor: { kind: row.actorKind, ...optional("id", row.actorId), name: row.actorName ?? "" } }
      : {}),
    ...(ledger ? { ...optional("cause", row.cause), ...optional("changes", row.changes) } : {}),
  };
}

/** Returns a server-sent event with its own type, such as `ping`. */
export const signal = (name: "ping" | "reset", cursor: Cursor): string =>
  `id: ${writeCursor(cursor)}\nevent: ${name}\ndata: {}\n\n`;

/** An event of the log, serialized once for all streams of a process. */
export interface LoggedEvent {
  row: EventRow;
  /** Returns the server-sent event. */
  frame(ledger: boolean): string;
}

/** Events of one workspace that were read together. */
export interface Batch {
  events: readonly LoggedEvent[];
  /** Returns all their server-sent events. */
  bytes(ledger: boolean): Uint8Array;
}

/** Returns a memoized function of one argument. */
function once<T>(compute: (ledger: boolean) => T): (ledger: boolean) => T {
  const values: [T?, T?] = [];
  return (ledger) => {
    const index = ledger ? 1 : 0;
    values[index] ??= compute(ledger);
    return values[index];
  };
}

const encoder = new TextEncoder();

export function createBatch(rows: readonly EventRow[]): Batch {
  const events = rows.map((row) => ({
    row,
    frame: once((ledger) => {
      const event = serializeEvent(row, ledger);
      return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    }),
  }));
  return {
    events,
    bytes: once((ledger) => encoder.encode(events.map((event) => event.frame(ledger)).join(""))),
  };
}
