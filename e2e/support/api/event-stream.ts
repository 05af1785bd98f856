import type { Event } from "@/lib/platform/events/contract";
import { baseUrl } from "./client";

/** One server-sent event. */
export interface Frame {
  id: string;
  event: string;
  data: Event;
}

export interface OpenStream {
  headers: Headers;
  /** The received frames, without pings. */
  frames: Frame[];
  /** Id of the last event or ping. */
  lastId(): string;
  /** Waits for the first frame that matches and returns it. Throws after 10 seconds. */
  until(matches: (frame: Frame) => boolean): Promise<Frame>;
  /** Resolves when the server ends the stream, or the connection breaks. */
  ended: Promise<void>;
  /** Disconnects. */
  close(): void;
}

/** Opens the event stream of a workspace and waits for its first ping or reset. Throws unless it answers 200. */
export async function openStream(
  workspaceId: string,
  options: {
    as?: string;
    headers?: Record<string, string>;
    query?: Record<string, string>;
    server?: string;
  } = {},
): Promise<OpenStream> {
  const aborting = new AbortController();
  const url = `${options.server ?? baseUrl}/api/workspaces/${workspaceId}/events?${new URLSearchParams(options.query)}`;
  const response = await fetch(url, {
    headers: {
      Accept: "text/event-stream",
      ...(options.as ? { Authorization: options.as } : {}),
      ...options.headers,
    },
    signal: aborting.signal,
  });
  if (response.status !== 200 || !response.body)
    throw new Error(`the stream answered ${response.status}: ${await response.text()}`);
  const { body } = response;
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let last = "";
  let isOver = false;
  let opened: () => void = () => undefined;
  const isOpen = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const ended = (async () => {
    let rest = "";
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
        last = field("id");
        if (field("event") !== "ping")
          frames.push({ id: last, event: field("event"), data: JSON.parse(field("data")) });
        opened();
        for (const look of waiting) look();
      }
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
      opened();
      for (const look of waiting) look();
    });
  await isOpen;
  return {
    headers: response.headers,
    frames,
    lastId: () => last,
    until: (matches) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          settle();
        };
        const seen = () => JSON.stringify(frames.map(({ event, data }) => [event, data.resource?.id]));
        const look = () => {
          const found = frames.find(matches);
          if (found) finish(() => resolve(found));
          else if (isOver) finish(() => reject(new Error(`the stream ended after ${seen()}`)));
        };
        const timer = setTimeout(
          () => finish(() => reject(new Error(`not within 10 s, but ${seen()}`))),
          10_000,
        );
        waiting.add(look);
        look();
      }),
    ended,
    close: () => aborting.abort(),
  };
}
