import type { Clock } from "@/lib/platform/clock";
import type { EventPage, EventsQuery } from "@/lib/platform/events/contract";
import { beginning, type Cursor, readCursor, writeCursor } from "@/lib/platform/events/server/cursor";
import { serializeEvent } from "@/lib/platform/events/server/frames";
import { createLogReader } from "@/lib/platform/events/server/reader";
import { type EventRepository, isLost } from "@/lib/platform/events/server/repository";
import { keptSince } from "@/lib/platform/events/server/retention";
import { type Access, createStream, type EventStream } from "@/lib/platform/events/server/stream";
import { visibleTypes } from "@/lib/platform/events/values";
import { ApiError, isApiError } from "@/lib/platform/http/errors";
import { preferredType, type Reply, type StreamedReply } from "@/lib/platform/http/server/reply";
import type { HttpServices } from "@/lib/platform/http/server/services";
import type { Logger } from "@/lib/platform/logger";
import type { Actor } from "@/lib/platform/security/permissions";

/** Maximum number of streams per actor in this process. */
const mostStreams = 20;
const tickStep = 1_000;

interface Dependencies {
  repository: EventRepository;
  auth: HttpServices["auth"];
  clock: Clock;
  logger: Logger;
}

/** The input of a stream. */
interface StreamRequest {
  headers: Headers;
  signal: AbortSignal;
}

/** The event log, as pages and as streams. */
export function createEventService({ repository, auth, clock, logger }: Dependencies) {
  const reader = createLogReader({ repository, clock, logger });
  const streams = new Set<EventStream>();
  const countOf = new Map<string, number>();
  let ticking: NodeJS.Timeout | undefined;
  let closed = false;

  /** Reserves one of the actor's streams. Returns a function that releases it. Throws `RateLimited`. */
  function take({ kind, id }: Actor): () => void {
    const key = `${kind}:${id}`;
    const count = countOf.get(key) ?? 0;
    if (count >= mostStreams)
      throw new ApiError(
        "RateLimited",
        `You have ${mostStreams} open streams. Close one before you open another.`,
        { headers: { "Retry-After": "60" } },
      );
    countOf.set(key, count + 1);
    return () => {
      const left = (countOf.get(key) ?? 1) - 1;
      if (left > 0) countOf.set(key, left);
      else countOf.delete(key);
    };
  }

  function add(stream: EventStream): void {
    streams.add(stream);
    ticking ??= setInterval(() => {
      for (const each of streams) each.tick();
    }, tickStep).unref();
  }

  function remove(stream: EventStream): void {
    streams.delete(stream);
    if (streams.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  }

  async function page(actor: Actor, query: EventsQuery): Promise<Reply<EventPage>> {
    const kept = keptSince(clock.now());
    const after = cursorIn(query.after, "after");
    if (!after)
      return { data: { results: [], nextCursor: writeCursor((await repository.extent(kept)).end) } };
    const { types, ledger } = accessOf(actor, query.types);
    const { limit, agentIds } = query;
    const filter = { types: [...types], agentIds };
    const part = await repository.page(actor.workspaceId, after, filter, { limit, keptSince: kept });
    if (after !== beginning && isLost(after, part))
      throw new ApiError(
        "CursorExpired",
        "Events after this cursor are no longer kept. Read the resources again, then continue without a cursor.",
      );
    const last = part.rows.at(-1);
    return {
      data: {
        results: part.rows.map((row) => serializeEvent(row, ledger)),
        nextCursor: writeCursor(last && part.rows.length === limit ? last.cursor : part.end),
      },
    };
  }

  async function stream(
    actor: Actor,
    query: EventsQuery,
    { headers, signal }: StreamRequest,
  ): Promise<StreamedReply> {
    // On reconnecting, a browser sends both: the original URL and the last received event id.
    const lastId = headers.get("last-event-id");
    const wanted = lastId ? cursorIn(lastId, "Last-Event-ID") : cursorIn(query.after, "after");
    const extent = await repository.extent(keptSince(clock.now()));
    const isReset = wanted !== undefined && wanted !== beginning && isLost(wanted, extent);
    if (closed || signal.aborted)
      throw new ApiError("Unavailable", "The server is about to stop. Connect again.", {
        headers: { "Retry-After": "1" },
      });
    const giveBack = take(actor);
    const opened = createStream({
      workspaceId: actor.workspaceId,
      actorId: actor.id,
      access: accessOf(actor, query.types),
      agentIds: query.agentIds && new Set(query.agentIds),
      after: wanted === undefined || isReset ? extent.end : wanted,
      isReset,
      async authorize() {
        try {
          const now = clock.now();
          const caller = await auth.authenticate(headers, actor.workspaceId, now, { isBackground: true });
          return caller.actor?.permissions.has("agents.read")
            ? accessOf(caller.actor, query.types)
            : undefined;
        } catch (error) {
          if (isApiError(error) && error.status < 500) return undefined;
          throw error;
        }
      },
      repository,
      reader,
      now: () => clock.now().getTime(),
      onEnd() {
        giveBack();
        remove(opened);
      },
    });
    add(opened);
    // The body may never be read if the client has disconnected.
    signal.addEventListener("abort", () => opened.end(), { once: true });
    return { pieces: () => opened, contentType: "text/event-stream", isLive: true };
  }

  return {
    /**
     * Returns a page of events, or a stream if `accept` prefers it. Throws `InvalidQuery`, `CursorExpired` or
     * `RateLimited` (too many streams).
     */
    list(
      actor: Actor,
      query: EventsQuery,
      accept: string | undefined,
      request: StreamRequest,
    ): Promise<Reply<EventPage> | StreamedReply> {
      const type = preferredType(accept, ["application/json", "text/event-stream"]);
      return type === "application/json" ? page(actor, query) : stream(actor, query, request);
    },

    /** Returns the cursor of the current end of the log. */
    async cursor(): Promise<string> {
      return writeCursor((await repository.extent(keptSince(clock.now()))).end);
    },

    /** Deletes events that are too old. Returns how many. */
    async sweep(now: Date): Promise<number> {
      await repository.mark(now);
      return await repository.removeExpired(keptSince(now));
    },

    /** Ends all streams and refuses new ones. Call it at the start of a shutdown. */
    close(): void {
      closed = true;
      for (const each of streams) each.end();
    },
  };
}

export type EventService = ReturnType<typeof createEventService>;

/**
 * The visible types for callers without a filter. Shared, because a set of types would add 2 KiB to each
 * stream.
 */
const unfiltered = new Map<string, Access>();

function accessOf({ permissions }: Actor, wanted: EventsQuery["types"]): Access {
  const visible = visibleTypes(permissions);
  const ledger = permissions.has("ledger.read");
  if (wanted) return { types: new Set(visible.filter((type) => wanted.includes(type))), ledger };
  const key = `${ledger} ${visible}`;
  const access = unfiltered.get(key) ?? { types: new Set(visible), ledger };
  unfiltered.set(key, access);
  return access;
}

/** Throws `InvalidQuery`. */
function cursorIn(text: string | undefined, name: string): Cursor | undefined {
  if (text === undefined) return undefined;
  const cursor = text === "start" ? beginning : readCursor(text);
  if (cursor) return cursor;
  throw new ApiError("InvalidQuery", `The cursor is not valid. Check ${name}.`, {
    details: { [name]: ["must be an event id, a `nextCursor`, or `start`."] },
  });
}
