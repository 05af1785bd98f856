import { beforeAll, describe, expect, it, vi } from "vitest";
import { call } from "@/e2e/support/api/client";
import { openStream } from "@/e2e/support/api/event-stream";
import {
  makeKey,
  makeOffer,
  makeQueue,
  makeRole,
  makeWorkspace,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { reported, routingOf } from "@/e2e/support/api/routing";
import type { EventPage } from "@/lib/platform/events/contract";
import type { Permission } from "@/lib/platform/security/permissions";
import type { Queue } from "@/lib/routing/queues/contract";

let here: TestWorkspace;
let api: ReturnType<typeof routingOf>;
beforeAll(async () => {
  here = await makeWorkspace();
  api = routingOf(here);
});

const page = (query: Record<string, string>, as = here.viewer.auth) =>
  call<EventPage>("listEvents", { params: { workspaceId: here.id }, query, as });
const keyWith = async (...permissions: Permission[]) =>
  (await makeKey(here.id, { roleId: await makeRole(here.id, permissions) })).auth;

/**
 * Reads events after a cursor until it has this many. Events appear only after older transactions of other
 * tests have ended.
 */
const eventsAfter = (after: string, count: number) =>
  vi.waitFor(
    async () => {
      const { body } = await page({ after, types: "queue.,conversation.,offer." });
      expect(body.results.length).toBeGreaterThanOrEqual(count);
      return body.results.map(({ type, resource }) => ({ type, id: resource.id }));
    },
    { timeout: 60_000, interval: 100 },
  );

describe("events of routing", () => {
  it("tell what happens to queues, conversations and offers, in order", async () => {
    const { nextCursor } = (await page({})).body;
    const team = await makeQueue(here.id);
    const body = { name: "Reported", teams: [] };
    const { body: queue } = await api.ask<Queue>("createQueue", {}, { body });
    await api.ask("patchQueue", { queueId: queue.id }, { body: { priority: 1 } });
    const { body: conversation } = await api.create(reported({ queueId: team }));
    const offer = await makeOffer(here.id, conversation.id, here.agent.agentId);
    await api.accept(offer, here.agent.auth);
    await api.requeue(conversation.id);
    await api.close(conversation.id);
    await api.ask("deleteQueue", { queueId: queue.id });
    const expected = [
      ["queue.created", queue.id],
      ["queue.updated", queue.id],
      ["conversation.created", conversation.id],
      ["conversation.queued", conversation.id],
      ["conversation.offered", conversation.id],
      ["offer.created", offer],
      ["conversation.assigned", conversation.id],
      ["offer.accepted", offer],
      ["conversation.queued", conversation.id],
      ["conversation.closed", conversation.id],
      ["queue.deleted", queue.id],
    ];
    const found = await eventsAfter(nextCursor, expected.length);
    // The offer is one statement, so its two events have no defined order.
    const sorted = (events: readonly (readonly unknown[])[]) => events.map(String).toSorted();
    expect(sorted(found.map(({ type, id }) => [type, id]))).toEqual(sorted(expected));
    for (const id of [queue.id, conversation.id, offer])
      expect(found.filter((event) => event.id === id).map(({ type }) => type)).toEqual(
        expected.filter(([, of]) => of === id).map(([type]) => type),
      );
    expect(new Set(found.map(({ type: name }) => name.split(".")[0]))).toEqual(
      new Set(["queue", "conversation", "offer"]),
    );
  });

  it("name the agent of an offer, by whom pages and streams are filtered", async () => {
    const queueId = await makeQueue(here.id);
    const { nextCursor } = (await page({})).body;
    const [mine, theirs] = [here.agent.agentId, here.supervisor.agentId];
    const stream = await openStream(here.id, {
      as: here.viewer.auth,
      query: { agentIds: mine, types: "offer." },
    });
    const offers: string[] = [];
    for (const agentId of [theirs, mine]) {
      const { body } = await api.create(reported({ queueId }));
      offers.push(await makeOffer(here.id, body.id, agentId));
    }
    const [other, own] = offers;
    await stream.until(({ data }) => data.resource?.id === own);
    expect(stream.frames.filter(({ data }) => data.resource?.id === other)).toEqual([]);
    stream.close();
    const seen = async (query: Record<string, string>) =>
      (await page({ after: nextCursor, types: "offer.", ...query })).body.results.map(
        ({ resource }) => resource,
      );
    const resource = (id: string | undefined, agentId: string) => ({ type: "offer", id, agentId });
    expect(await seen({ agentIds: mine })).toEqual([resource(own, mine)]);
    expect(await seen({})).toEqual([resource(other, theirs), resource(own, mine)]);
  });

  it("are for holders of routing.read only, in pages and in streams", async () => {
    const [without, holder] = [await keyWith("agents.read"), await keyWith("agents.read", "routing.read")];
    const { nextCursor } = (await page({}, without)).body;
    const hidden = await openStream(here.id, { as: without });
    const shown = await openStream(here.id, { as: holder });
    const { id } = await api.give(here.agent.agentId);
    await api.close(id);
    await shown.until(({ event, data }) => event === "conversation.closed" && data.resource.id === id);
    // An event that both may see, after the events that one may not see.
    await api.setStatus(here.agent.agentId, "offline");
    await hidden.until(({ event }) => event === "agent.status.changed");
    const kinds = (types: readonly string[]) => new Set(types.map((type) => type.split(".")[0]));
    expect(kinds(hidden.frames.map(({ event }) => event))).toEqual(new Set(["agent"]));
    hidden.close();
    shown.close();
    const seen = async (as: string) =>
      kinds((await page({ after: nextCursor }, as)).body.results.map(({ type }) => type));
    // Offers of other tests may end now.
    expect([...(await seen(holder))]).toEqual(expect.arrayContaining(["agent", "conversation"]));
    expect(await seen(without)).toEqual(new Set(["agent"]));
  });
});
