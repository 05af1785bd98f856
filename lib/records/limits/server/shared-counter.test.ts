import { expect, test } from "vitest";
import { createSharedCounter } from "@/lib/records/limits/server/shared-counter";

type Asked = [id: number, key: string, now: number][];

/** Simulates the parent process and keeps the messages. */
function overseer() {
  const messages: Asked[] = [];
  const counts = new Map<string, number>();
  let listener: (message: unknown) => void = () => undefined;
  return {
    messages,
    channel: {
      send(message: unknown) {
        const { count } = message as { count: Asked };
        messages.push(count);
        const counted = count.map(([id, key, now]) => {
          counts.set(key, (counts.get(key) ?? 0) + 1);
          return [id, counts.get(key), now + 60_000];
        });
        setImmediate(() => listener({ counted }));
      },
      on(event: "message" | "disconnect", heard: (message: unknown) => void) {
        if (event === "message") listener = heard;
      },
    },
  };
}

test("sends all requests of one event loop turn in one message", async () => {
  const { messages, channel } = overseer();
  const counter = createSharedCounter(channel);
  const standings = await Promise.all(["a", "b", "a"].map((key) => counter.count(key, 5, 1_000)));
  expect(messages).toHaveLength(1);
  expect(standings.map(({ remaining }) => remaining)).toEqual([4, 4, 3]);
  expect(standings[0]).toEqual({ limit: 5, remaining: 4, resetSeconds: 60, exceeded: false });
});

test("rejects a limited key without asking until its window ends", async () => {
  const { messages, channel } = overseer();
  const counter = createSharedCounter(channel);
  for (let each = 0; each < 2; each++) await counter.count("a", 2, 1_000);
  expect((await counter.count("a", 2, 1_000)).exceeded).toBe(true);
  expect(messages).toHaveLength(3);
  expect(await counter.count("a", 2, 31_000)).toEqual({
    limit: 2,
    remaining: 0,
    resetSeconds: 30,
    exceeded: true,
  });
  expect(messages).toHaveLength(3);
  await counter.count("a", 2, 61_000);
  expect(messages).toHaveLength(4);
});

test("ignores unrelated messages", async () => {
  const { channel } = overseer();
  let listener: (message: unknown) => void = () => undefined;
  const counter = createSharedCounter({
    send: channel.send,
    on: (event, heard) => {
      if (event === "message") listener = heard;
      channel.on(event, heard);
    },
  });
  for (const message of ["stop", null, undefined, { counted: "x" }, { counted: [[99, 1, 1]] }])
    listener(message);
  expect((await counter.count("a", 5, 0)).remaining).toBe(4);
});

test("lets requests pass once the channel is closed", async () => {
  const closed = createSharedCounter({
    send: (_, done) => done(new Error("Channel closed")),
    on: () => undefined,
  });
  expect((await closed.count("a", 2, 1_000)).exceeded).toBe(false);

  const heard = new Map<string, (message: unknown) => void>();
  const closing = createSharedCounter({
    send: () => setImmediate(() => heard.get("disconnect")?.(undefined)),
    on: (event, listener) => heard.set(event, listener),
  });
  expect((await closing.count("a", 2, 1_000)).exceeded).toBe(false);
});
