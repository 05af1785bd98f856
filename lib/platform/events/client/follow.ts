import { RequestError, requestUrl } from "@/lib/platform/client/client";
import { joinTabs } from "@/lib/platform/client/leader";
import { request } from "@/lib/platform/client/request";
import { listEvents } from "@/lib/platform/events/client/calls";
import type { Event } from "@/lib/platform/events/contract";
import { eventTypes } from "@/lib/platform/events/values";

/** The part of an event that pages use. */
export type LiveEvent = Pick<Event, "type" | "resource">;

export interface EventHandlers {
  onEvent(event: LiveEvent): void;
  /** Called when events may be missing, so that all data must be refetched. */
  onReset(): void;
}

/** A message from the leading tab to the others. `at` is the cursor after the event. */
type Message = { at: string } & ({ kind: "event"; event: LiveEvent } | { kind: "ping" | "reset" });

/** Milliseconds without a ping after which a stream counts as dead. The server sends one every 20 seconds. */
const silence = 50_000;
const watchStep = 10_000;
/** Milliseconds before a refused stream is opened again. Doubles up to the maximum. */
const firstWait = 2_000;
const longestWait = 60_000;
/** Milliseconds before a tab that does not lead reads the events it missed before joining. */
const electionTime = 500;

/**
 * Follows the events of a workspace after a cursor, with one stream for all tabs of a browser: more streams
 * would use up its connections to the server. Returns a function that stops. An event can arrive twice.
 */
export function followEvents(
  { workspaceId, userId, after }: { workspaceId: string; userId: string; after: string },
  { onEvent, onReset }: EventHandlers,
): () => void {
  const stopping = new AbortController();
  let last = after;
  let heardAt = Date.now();
  let leads = false;
  let isCatchingUp = false;
  let connect: () => void = () => undefined;

  function take(message: Message): void {
    last = message.at;
    heardAt = Date.now();
    if (message.kind === "event") onEvent(message.event);
    else if (message.kind === "reset") onReset();
  }

  const group = joinTabs<Message>(`rollcall events ${workspaceId} ${userId}`, {
    receive: take,
    lead(signal) {
      leads = true;
      connect = openStream(signal);
    },
  });

  /** Opens the stream, keeps it open, and returns a function that reopens it. */
  function openStream(signal: AbortSignal): () => void {
    let source: EventSource | undefined;
    let wait = firstWait;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function tell(message: Message): void {
      wait = firstWait;
      take(message);
      group.post(message);
    }

    function open(): void {
      clearTimeout(timer);
      source?.close();
      if (signal.aborted) return;
      heardAt = Date.now();
      source = new EventSource(requestUrl(listEvents, { workspaceId }, { after: last }));
      for (const type of eventTypes)
        source.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) => {
          const { resource } = JSON.parse(data) as Event;
          tell({ kind: "event", event: { type, resource }, at: lastEventId });
        });
      for (const kind of ["ping", "reset"] as const)
        source.addEventListener(kind, ({ lastEventId }: MessageEvent<string>) =>
          tell({ kind, at: lastEventId }),
        );
      source.onerror = () => {
        // The browser reconnects automatically after a broken connection, but not after an error response.
        if (source?.readyState !== EventSource.CLOSED) return;
        clearTimeout(timer);
        timer = setTimeout(open, wait * (0.5 + Math.random()));
        wait = Math.min(wait * 2, longestWait);
        // Finds out why: if the session has ended, the page asks for the password.
        void catchUp();
      };
    }

    const watch = setInterval(() => {
      if (source?.readyState === EventSource.OPEN && Date.now() - heardAt > silence) open();
    }, watchStep);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      clearInterval(watch);
      source?.close();
    });
    open();
    return open;
  }

  /** Reads the events that this tab has missed. */
  async function catchUp(): Promise<void> {
    if (isCatchingUp) return;
    isCatchingUp = true;
    const from = last;
    try {
      const { data } = await request(listEvents, {
        params: { workspaceId },
        query: { after: from, limit: "1000" },
        signal: stopping.signal,
      });
      for (const event of data.results) onEvent(event);
      if (data.results.length === 1000) onReset();
      if (last === from) last = data.nextCursor;
    } catch (error) {
      if (error instanceof RequestError && error.status === 410) onReset();
    } finally {
      isCatchingUp = false;
    }
  }

  // After sleep, a frozen tab or a lost network, the stream may be dead without an error.
  function revive(): void {
    if (document.visibilityState === "hidden" || Date.now() - heardAt < silence / 2) return;
    heardAt = Date.now();
    if (leads) connect();
    else void catchUp();
  }

  const { signal } = stopping;
  document.addEventListener("visibilitychange", revive, { signal });
  document.addEventListener("resume", revive, { signal });
  window.addEventListener("pageshow", revive, { signal });
  window.addEventListener("online", () => leads && connect(), { signal });
  const joined = setTimeout(() => !leads && void catchUp(), electionTime);

  return () => {
    clearTimeout(joined);
    stopping.abort();
    group.leave();
  };
}
