import { createBacklog } from "@/lib/platform/events/server/backlog";
import { type Cursor, compareCursors } from "@/lib/platform/events/server/cursor";
import { type Batch, createBatch, type LoggedEvent, signal } from "@/lib/platform/events/server/frames";
import type { Listener, LogReader } from "@/lib/platform/events/server/reader";
import { agentOf, type EventRepository, isLost } from "@/lib/platform/events/server/repository";
import { keptSince } from "@/lib/platform/events/server/retention";
import { accessTypes, isOfAccess } from "@/lib/platform/events/values";

/** Permissions of a stream's caller. */
export interface Access {
  types: ReadonlySet<string>;
  /** Whether they may read the ledger. */
  ledger: boolean;
}

/** In milliseconds: between pings, between permission checks, and the lifetime of a stream. */
const pingStep = 20_000;
const checkStep = 60_000;
const longest = 60 * 60_000;
/** Milliseconds before a failed check is repeated. */
const retryStep = 2_000;
/** Maximum number of events waiting for a slow client. */
const mostWaiting = 256;
/**
 * Maximum number of waiting events per chunk: the amount that a stalled client holds in buffers besides the
 * backlog.
 */
const chunkSize = 32;
/** Maximum number of events per statement while a stream catches up. */
const pageSize = 100;
/** Milliseconds before clients reconnect. Random, because all streams of a server end together. */
const reconnect = { least: 1_000, spread: 4_000 };

interface Options {
  workspaceId: string;
  actorId: string;
  access: Access;
  /** Only events of these agents; undefined for all. */
  agentIds: ReadonlySet<string> | undefined;
  /** The stream has received everything before it. */
  after: Cursor;
  /** Whether the client has lost events before `after`. */
  isReset: boolean;
  /** Returns what the caller may see now, or undefined if they lost access. Rejects if the check fails. */
  authorize(): Promise<Access | undefined>;
  repository: Pick<EventRepository, "page">;
  reader: LogReader;
  /** Epoch milliseconds. */
  now(): number;
  onEnd(): void;
}

/** A stream of server-sent events. */
export interface EventStream extends AsyncIterableIterator<string | Uint8Array> {
  /** Sends pings, checks permissions, and ends the stream after its lifetime. Called every second. */
  tick(): void;
  /** Ends the stream. Clients reconnect and continue. */
  end(): void;
}

const resourceKey = ({ row }: LoggedEvent) => `${row.resourceType} ${row.resourceId}`;

/**
 * Creates a stream. It reads the log itself until it has caught up with `reader`, then listens to it. A
 * custom iterator, not a generator, because `return` must end a pending `next`.
 */
export function createStream(options: Options): EventStream {
  const { workspaceId, actorId, agentIds, repository, reader, now, onEnd } = options;
  let { access, after } = options;
  const backlog = createBacklog<LoggedEvent>(mostWaiting, resourceKey);
  const started = now();
  let pingAt = started + pingStep;
  let checkAt = started + checkStep;
  let checking = false;
  /** Whether permissions may have changed since the running check started. */
  let isOutdated = false;
  /** Nothing is sent until a permission check succeeds. */
  let held = false;
  let joined = false;
  let ended = false;
  let ready: Batch | undefined;
  let wake: (() => void) | undefined;
  /** Whether anything has happened since the last check for a chunk. */
  let isAwake = false;
  /** Permission changes in the log up to this cursor have been checked. */
  let checkedTo = after;
  let head: string | undefined =
    `retry: ${reconnect.least + Math.floor(Math.random() * reconnect.spread)}\n${signal(options.isReset ? "reset" : "ping", after)}`;

  /** Permissions may have changed since an event was buffered. */
  const isVisible = ({ row }: LoggedEvent) => access.types.has(row.type);
  const framesOf = (events: readonly LoggedEvent[]) =>
    events.map((event) => event.frame(access.ledger)).join("");

  function isWanted({ row }: LoggedEvent): boolean {
    const agentId = agentOf(row);
    return (
      access.types.has(row.type) &&
      (!agentIds || agentId === undefined || agentIds.has(agentId)) &&
      compareCursors(row.cursor, after) > 0
    );
  }

  function awaken(): void {
    isAwake = true;
    wake?.();
    wake = undefined;
  }

  function keep(events: readonly LoggedEvent[]): void {
    for (const event of events) if (isWanted(event)) backlog.add(event);
  }

  function end(): void {
    if (ended) return;
    ended = true;
    reader.leave(workspaceId, listener);
    awaken();
    onEnd();
  }

  async function check(): Promise<void> {
    if (checking) return;
    checking = true;
    checkAt = now() + checkStep;
    try {
      do {
        isOutdated = false;
        const found = await options.authorize();
        if (!found) return end();
        access = found;
      } while (isOutdated);
      held = false;
      awaken();
    } catch {
      // The database is unavailable. Buffered events stay buffered.
      checkAt = now() + retryStep;
    } finally {
      checking = false;
    }
  }

  const listener: Listener = {
    offer(batch) {
      const isIdle = wake !== undefined && !ready && !held && backlog.size === 0 && !backlog.lost;
      if (isIdle && batch.events.every(isWanted)) ready = batch;
      else keep(batch.events);
      if (ready || backlog.size > 0 || backlog.lost) awaken();
    },
    lose(cursor) {
      head = signal("reset", cursor);
      after = cursor;
      ready = undefined;
      backlog.take(mostWaiting);
      backlog.restart();
      awaken();
    },
    suspect(changed) {
      if (changed !== undefined && changed !== actorId) return;
      held = true;
      isOutdated = true;
      void check();
    },
  };

  /** Reads the events that the stream lacks. Returns them, or undefined once the stream is listening. */
  async function catchUp(): Promise<string | undefined> {
    const page = await repository.page(
      workspaceId,
      after,
      { types: [...access.types, ...accessTypes], agentIds: agentIds && [...agentIds] },
      { limit: pageSize, keptSince: keptSince(new Date(now())) },
    );
    for (const { type, resourceType, resourceId, cursor } of page.rows)
      if (isOfAccess(type) && compareCursors(cursor, checkedTo) > 0) {
        listener.suspect(resourceType === "role" ? undefined : resourceId);
        checkedTo = cursor;
      }
    // Read them again once the permissions are known.
    if (held) return undefined;
    if (isLost(after, page)) {
      after = page.end;
      return signal("reset", after);
    }
    const isFull = page.rows.length === pageSize;
    const text = framesOf(createBatch(page.rows).events.filter(isVisible));
    after = (isFull && page.rows.at(-1)?.cursor) || page.end;
    if (!isFull && !ended) joined = reader.join(workspaceId, listener, after);
    return text === "" ? undefined : text;
  }

  /** Returns the next chunk, or undefined if there is none yet. */
  async function chunk(): Promise<string | Uint8Array | undefined> {
    if (held) return undefined;
    if (head !== undefined) {
      const text = head;
      head = undefined;
      return text;
    }
    if (!joined) return await catchUp();
    if (ready) {
      const batch = ready;
      ready = undefined;
      after = batch.events.at(-1)?.row.cursor ?? after;
      const seen = batch.events.filter(isVisible);
      if (seen.length === batch.events.length) return batch.bytes(access.ledger);
      if (seen.length > 0) return framesOf(seen);
    }
    if (backlog.lost) {
      backlog.restart();
      after = reader.reached(workspaceId) ?? after;
      return signal("reset", after);
    }
    while (backlog.size > 0) {
      const events = backlog.take(chunkSize);
      after = events.at(-1)?.row.cursor ?? after;
      const seen = events.filter(isVisible);
      if (seen.length > 0) return framesOf(seen);
    }
    if (now() < pingAt) return undefined;
    after = reader.reached(workspaceId) ?? after;
    pingAt = now() + pingStep;
    return signal("ping", after);
  }

  return {
    async next() {
      while (!ended) {
        isAwake = false;
        // After an error of the database, the client reconnects and continues.
        const value = await chunk().catch(end);
        if (ended) break;
        if (value) {
          pingAt = now() + pingStep;
          return { done: false, value };
        }
        if ((joined || held) && !isAwake)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
      return { done: true, value: undefined };
    },
    async return() {
      end();
      return { done: true, value: undefined };
    },
    tick() {
      if (now() >= started + longest) end();
      else {
        if (now() >= checkAt) void check();
        if (now() >= pingAt) awaken();
      }
    },
    end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
