import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import {
  expectRefusal,
  makeConversation,
  makeOffer,
  makeQueue,
  makeWorkspace,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { routingOf } from "@/e2e/support/api/routing";
import type { Conversation } from "@/lib/routing/conversations/contract";

type Query = Record<string, string | number | boolean | readonly string[]>;
type Page = { results: Conversation[]; nextPageToken?: string; total: number };

let here: TestWorkspace;
let api: ReturnType<typeof routingOf>;
let queues: [string, string];
let all: Conversation[];

const list = (query: Query = {}, as = here.key) => api.ask<Page>("listConversations", {}, { query, as });
const ids = async (query: Query = {}, as = here.key) => {
  const answer = await list({ limit: 100, ...query }, as);
  expect(answer.status).toBe(200);
  expect(answer.body.total).toBe(answer.body.results.length);
  return answer.body.results.map(({ id }) => id);
};
const where = (holds: (conversation: Conversation) => boolean) => all.filter(holds).map(({ id }) => id);

/** Reads all pages of a list. */
async function pages(query: Query): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  let count = 0;
  do {
    const { body } = await list({ ...query, ...(token ? { pageToken: token } : {}) });
    expect(body.total).toBeGreaterThanOrEqual(body.results.length);
    found.push(...body.results.map(({ id }) => id));
    token = body.nextPageToken;
    expect(count++).toBeLessThan(100);
  } while (token);
  return found;
}

beforeAll(async () => {
  here = await makeWorkspace();
  api = routingOf(here);
  queues = [await makeQueue(here.id), await makeQueue(here.id)];
  const moment = Date.parse("2026-03-02T09:00:00.000Z");
  const made: string[] = [];
  // Pairs share their time and their priority, so that the id decides.
  for (let index = 0; index < 12; index++)
    made.push(
      await makeConversation(here.id, queues[index % 2] ?? "", {
        channel: ["messaging", "email", "voice"][index % 3] ?? "",
        priority: [10, 90, 50][Math.floor(index / 4)] ?? 50,
        queuedAt: new Date(moment - 1_000 * Math.floor(index / 2)),
      }),
    );
  await makeOffer(here.id, made[0] ?? "", here.agent.agentId);
  await makeOffer(here.id, made[1] ?? "", here.agent.agentId, new Date(Date.now() - 3_000));
  await api.assign(made[2] ?? "", { agentId: here.agent.agentId, force: true });
  await api.assign(made[3] ?? "", { agentId: here.supervisor.agentId, force: true });
  await api.close(made[4] ?? "");
  await api.close(made[2] ?? "");
  for (let index = 0; index < 5; index++)
    made.push((await api.give(here.agent.agentId, { priority: 20 * index })).id);
  await api.close(made.at(-1) ?? "");
  all = await Promise.all(made.map(async (id) => (await api.get(id)).body));
});

/** Compares texts and numbers; missing values come last. */
function compare(one: string | number | undefined, other: string | number | undefined): number {
  if (one === other) return 0;
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
  return one < other ? -1 : 1;
}

const orders = {
  queuedAt: (a: Conversation, b: Conversation) => compare(a.queuedAt, b.queuedAt) || compare(a.id, b.id),
  priority: (a: Conversation, b: Conversation) => b.priority - a.priority || compare(a.id, b.id),
  createdAt: (a: Conversation, b: Conversation) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id),
};

describe("the list of conversations", () => {
  it("shows what each one shows", async () => {
    // Until the matcher records that the offer has ended.
    await vi.waitFor(async () => {
      const shown = await Promise.all(all.map(async ({ id }) => (await api.get(id)).body));
      expect((await list({ limit: 100 })).body.results).toEqual(shown.toSorted(orders.queuedAt));
    });
    expect((await list()).body).toMatchObject({ total: all.length, nextPageToken: expect.any(String) });
  });

  describe.each(Object.keys(orders) as (keyof typeof orders)[])("by %s", (sortBy) => {
    it.each([{}, { states: ["queued", "offered", "assigned"] }, { channels: ["messaging", "voice"] }])(
      "has every match exactly once, in order, on pages of any size: %j",
      async (filter) => {
        const sorted = all
          .filter(({ state }) => !filter.states || filter.states.includes(state))
          .filter(({ channel }) => !filter.channels || filter.channels.includes(channel))
          .toSorted(orders[sortBy])
          .map(({ id }) => id);
        for (const limit of [1, 3, 5, 100]) {
          expect(await pages({ ...filter, sortBy, limit })).toEqual(sorted);
          expect(await pages({ ...filter, sortBy, limit, reverse: true })).toEqual(sorted.toReversed());
        }
      },
    );
  });

  it("filters by state, for which an expired offer no longer counts", async () => {
    for (const state of ["queued", "offered", "assigned", "closed"] as const) {
      const found = await ids({ states: state });
      expect(found.sort()).toEqual(where((each) => each.state === state).sort());
      expect(found.length).toBeGreaterThan(0);
    }
    expect((await ids({ states: ["offered", "closed"] })).sort()).toEqual(
      where(({ state }) => state === "offered" || state === "closed").sort(),
    );
    expect(await ids({ states: "queued,offered,assigned,closed" })).toHaveLength(all.length);
  });

  it("filters by channel, queue, agent and external id, all of which must match", async () => {
    const [first, second] = queues;
    const { agentId } = here.agent;
    expect((await ids({ channels: "voice" })).sort()).toEqual(
      where(({ channel }) => channel === "voice").sort(),
    );
    expect((await ids({ queueIds: first })).sort()).toEqual(where((each) => each.queueId === first).sort());
    expect(await ids({ queueIds: [first, second] })).toHaveLength(12);
    expect((await ids({ agentIds: agentId })).sort()).toEqual(
      where((each) => each.agentId === agentId).sort(),
    );
    expect(await ids({ agentIds: "me" }, here.agent.auth)).toEqual(await ids({ agentIds: agentId }));
    expect(await ids({ agentIds: ["me", here.supervisor.agentId] }, here.agent.auth)).toHaveLength(7);
    expect(await ids({ agentIds: "me", states: "assigned" }, here.agent.auth)).toHaveLength(4);
    const [one] = all;
    expect(await ids({ externalId: one?.externalId ?? "" })).toEqual([one?.id]);
    expect(await ids({ externalId: one?.externalId ?? "", states: "closed" })).toEqual([]);
    expect(await ids({ queueIds: randomUUID() })).toEqual([]);
    expect(await list({ queueIds: randomUUID() })).toMatchObject({ body: { total: 0, results: [] } });
  });

  it.each([
    [{ states: "open" }, ["states"]],
    [{ channels: "fax" }, ["channels"]],
    [{ queueIds: "1" }, ["queueIds"]],
    [{ agentIds: "you" }, ["agentIds"]],
    [{ externalId: "" }, ["externalId"]],
    [{ externalId: "a".repeat(256) }, ["externalId"]],
    [{ externalId: ["a", "b"] }, ["externalId"]],
    [{ sortBy: "name" }, ["sortBy"]],
    [{ reverse: "yes" }, ["reverse"]],
    [{ limit: 0 }, ["limit"]],
    [{ limit: 101 }, ["limit"]],
    [{ channel: "email" }, ["channel"]],
    [{ states: "" }, ["states"]],
  ])("refuses %j", async (query, paths) => {
    expectRefusal(await list(query), 400, "InvalidQuery", paths);
  });

  it("refuses me for callers without an agent", async () => {
    for (const as of [here.key, here.viewer.auth])
      expectRefusal(await list({ agentIds: "me" }, as), 400, "InvalidQuery", ["agentIds"]);
  });

  it("binds page tokens to filters, order and workspace", async () => {
    const query = { limit: 1, states: ["queued", "assigned"], agentIds: here.agent.agentId };
    const { nextPageToken = "" } = (await list(query)).body;
    const next = (more: Query) => list({ ...query, pageToken: nextPageToken, ...more });
    const same = { states: ["assigned", "queued"], limit: 50 };
    expect((await next(same)).body.results).toHaveLength(3);
    for (const more of [
      { states: "queued" },
      { sortBy: "priority" },
      { reverse: true },
      { channels: "email" },
    ])
      expectRefusal(await next(more), 400, "InvalidPageToken");
    expectRefusal(await next({ pageToken: `${nextPageToken}x` }), 400, "InvalidPageToken");
    const elsewhere = await makeWorkspace();
    const theirs = await routingOf(elsewhere).ask(
      "listConversations",
      {},
      { query: { ...query, pageToken: nextPageToken } },
    );
    expectRefusal(theirs, 400, "InvalidPageToken");
  });

  it("is empty in another workspace", async () => {
    const elsewhere = await makeWorkspace();
    const { body } = await routingOf(elsewhere).ask("listConversations");
    expect(body).toEqual({ results: [], total: 0 });
  });
});
