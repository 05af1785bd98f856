import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type OpenStream, openStream } from "@/e2e/support/api/event-stream";
import { makeQueue, makeTeam, makeWorkspace, sql, type TestWorkspace } from "@/e2e/support/api/fixtures";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";
import { reported, routingOf } from "@/e2e/support/api/routing";

let here: TestWorkspace;
let one: OwnServer;
let other: OwnServer;
const streams: OpenStream[] = [];

beforeAll(async () => {
  [here, one, other] = await Promise.all([makeWorkspace(), startOwnServer({}), startOwnServer({})]);
});
afterAll(async () => {
  for (const stream of streams) stream.close();
  await Promise.all([one?.stop(), other?.stop()]);
});

/** Sends a request of the workspace's access key. */
const ask = (server: OwnServer, method: string, path: string, body?: unknown) =>
  server.send(method, `/api/workspaces/${here.id}${path}`, {
    ...(body === undefined ? {} : { body }),
    headers: { Authorization: here.key },
  });

async function follow(server: OwnServer): Promise<OpenStream> {
  const stream = await openStream(here.id, { as: here.key, server: server.url });
  streams.push(stream);
  return stream;
}

/** Waits for an event of a resource, for a few seconds at most. */
const arrives = (stream: OpenStream, type: string, id: string) =>
  stream.until(({ event, data }) => event === type && data.resource.id === id);

/** Creates an active bot and a queue that offers to it alone. */
async function makeDesk() {
  const agentId = await routingOf(here).bot();
  const teamId = await makeTeam(here.id);
  await sql(
    "INSERT INTO team_members (workspace_id, team_id, agent_id, member_since) VALUES ($1, $2, $3, now())",
    [here.id, teamId, agentId],
  );
  return { agentId, queueId: await makeQueue(here.id, { teams: [teamId], offerMode: "accept" }) };
}

/** Reports a conversation to one server, and waits until the other lists its offer. */
async function reportAndFindOffer({ agentId, queueId }: Awaited<ReturnType<typeof makeDesk>>) {
  const conversation = await ask(one, "POST", "/inbox/conversations", reported({ queueId }));
  expect(conversation.status).toBe(201);
  const offer = await vi.waitFor(
    async () => {
      const { body } = await ask(other, "GET", `/agents/${agentId}/offers`);
      const found = (body.results as { id: string; conversationId: string }[]).find(
        ({ conversationId }) => conversationId === conversation.body.id,
      );
      if (!found) throw new Error("there is no offer yet");
      return found;
    },
    { timeout: 60_000, interval: 25 },
  );
  return { conversationId: String(conversation.body.id), offerId: offer.id };
}

describe("two servers on one database", () => {
  it("show a change through one of them on a stream of the other", async () => {
    const [mine, theirs] = [await follow(one), await follow(other)];
    const agentId = await routingOf(here).bot();
    for (const [server, stream, status] of [
      [one, theirs, "away"],
      [other, mine, "offline"],
    ] as const) {
      const before = stream.frames.length;
      expect((await ask(server, "PATCH", `/agents/${agentId}/availability`, { status })).status).toBe(200);
      await stream.until(
        (frame) =>
          frame.event === "agent.status.changed" &&
          frame.data.resource.id === agentId &&
          stream.frames.indexOf(frame) >= before,
      );
    }
  });

  it("offer through the other what was reported to one", async () => {
    const stream = await follow(one);
    const { conversationId, offerId } = await reportAndFindOffer(await makeDesk());
    expect((await ask(other, "POST", `/inbox/offers/${offerId}/accept`)).status).toBe(200);
    await arrives(stream, "conversation.assigned", conversationId);
    const { body } = await ask(one, "GET", `/inbox/conversations/${conversationId}`);
    expect(body.state).toBe("assigned");
  });

  it("let an offer be answered once, by the first of them", async () => {
    const desk = await makeDesk();
    for (let round = 0; round < 5; round++) {
      const { conversationId, offerId } = await reportAndFindOffer(desk);
      const answers = await Promise.all(
        [one, other, one, other].map((server, place) =>
          ask(server, "POST", `/inbox/offers/${offerId}/${place < 2 ? "accept" : "decline"}`),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
      await ask(one, "POST", `/inbox/conversations/${conversationId}/close`);
    }
  });
});
