import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import {
  expectRefusal,
  makeConversation,
  makeOffer,
  makeQueue,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { countsOf, eventsOf, missedBy, offerStateOf, routingOf } from "@/e2e/support/api/routing";
import type { Offers } from "@/lib/routing/offers/contract";

let here: TestWorkspace;
let queueId: string;
let agentId: string;
let api: ReturnType<typeof routingOf>;
beforeEach(async () => {
  here = await makeWorkspace();
  queueId = await makeQueue(here.id, { offerMode: "accept" });
  agentId = here.agent.agentId;
  api = routingOf(here);
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000);

/** Offers a new conversation to an agent. */
async function offered(expiresAt = inSeconds(600), to = agentId) {
  const conversationId = await makeConversation(here.id, queueId);
  return { id: await makeOffer(here.id, conversationId, to, expiresAt), conversationId };
}

const offersOf = (of: string, as = here.agent.auth) => api.ask<Offers>("listOffers", { agentId: of }, { as });

/** Gives the agent offers that they don't answer. */
const miss = (...minutesAgo: number[]) =>
  sql("UPDATE agent_states SET missed_offers_at = $2 WHERE agent_id = $1", [
    agentId,
    minutesAgo.map((minutes) => inSeconds(-60 * minutes)),
  ]);

describe("the offers of an agent", () => {
  it("are those that wait for an answer, the first to expire first", async () => {
    const [late, early] = [await offered(inSeconds(900)), await offered(inSeconds(300))];
    await offered(inSeconds(-1));
    await offered(inSeconds(600), here.supervisor.agentId);
    const answered = await offered();
    await api.decline(answered.id);
    const { body } = await offersOf("me");
    expect(body.results.map(({ id }) => id)).toEqual([early.id, late.id]);
    const { createdAt, expiresAt, conversation } = body.results[0] ?? {};
    expect(body.results[0]).toEqual({
      id: early.id,
      conversationId: early.conversationId,
      conversation,
      createdAt,
      expiresAt,
    });
    expect(conversation).toEqual((await api.get(early.conversationId)).body);
    expect(conversation).toMatchObject({ state: "offered", offer: { id: early.id, agentId, expiresAt } });
    expect(conversation).not.toHaveProperty("agentId");
    for (const as of [here.viewer.auth, here.key]) expect((await offersOf(agentId, as)).body).toEqual(body);
  });

  it("of an agent who doesn't exist are not found", async () => {
    const elsewhere = await makeWorkspace();
    for (const id of [elsewhere.agent.agentId, randomUUID()])
      expectRefusal(await offersOf(id), 404, "AgentNotFound");
    expectRefusal(await offersOf("me", here.viewer.auth), 404, "AgentNotFound");
    expectRefusal(await offersOf("me", here.key), 404, "AgentNotFound");
    expect((await offersOf(here.supervisor.agentId)).body).toEqual({ results: [] });
  });
});

describe("an offer whose time is over", () => {
  it("has expired for everybody, even if that isn't recorded yet", async () => {
    const { id, conversationId } = await offered(inSeconds(-1));
    const { body } = await api.get(conversationId);
    expect(body.state).toBe("queued");
    expect(body).not.toHaveProperty("offer");
    expectRefusal(await api.accept(id, here.agent.auth), 409, "OfferGone");
    expectRefusal(await api.decline(id), 409, "OfferGone");
    expect((await offersOf("me")).body.results).toEqual([]);
  });
});

describe("accepting an offer", () => {
  it("assigns the conversation to its agent", async () => {
    await miss(3, 2);
    const { id, conversationId } = await offered();
    const { body: before } = await api.get(conversationId);
    const answer = await api.accept(id, here.agent.auth);
    expect(answer.status).toBe(200);
    const { offer: _, ...rest } = before;
    const { assignedAt, updatedAt } = answer.body;
    expect(answer.body).toEqual({ ...rest, state: "assigned", agentId, assignedAt, updatedAt });
    expect((await api.get(conversationId)).body).toEqual(answer.body);
    expect(await countsOf(agentId)).toEqual({ messaging: 1, email: 0, voice: 0, assigned: 1 });
    expect(await missedBy(agentId)).toEqual([]);
    expect(await eventsOf(id)).toEqual(["offer.created", "offer.accepted"]);
    for (const as of [here.agent.auth, here.key]) {
      expectRefusal(await api.accept(id, as), 409, "OfferGone");
      expectRefusal(await api.decline(id, as), 409, "OfferGone");
    }
  });

  it("also works for a supervisor, on the agent's behalf", async () => {
    const { id } = await offered();
    expect((await api.accept(id, here.supervisor.auth)).body).toMatchObject({ state: "assigned", agentId });
  });

  it("still works for an agent who is away or full", async () => {
    await api.setStatus(agentId, "away");
    const rule = {
      name: "None",
      description: "None",
      capacity: { messaging: 0, email: 0 },
      agents: [agentId],
    };
    await api.ask("createCapacityRule", {}, { body: rule });
    const { id } = await offered();
    expect((await api.accept(id, here.agent.auth)).status).toBe(200);
  });

  it("is too late for an agent who has left", async () => {
    const absent = { presence: "gate" };
    const leave = {
      offline: () => api.setStatus(agentId, "offline"),
      suspended: () => sql("UPDATE memberships SET status = 'suspended' WHERE user_id = $1", [here.agent.id]),
      absent: () => api.ask("patchAvailabilityPolicy", {}, { body: absent }),
    };
    for (const [reason, left] of Object.entries(leave)) {
      await sql("UPDATE memberships SET status = 'active' WHERE user_id = $1", [here.agent.id]);
      await api.setStatus(agentId, "away");
      const { id } = await offered();
      await left();
      for (const answer of [await api.accept(id), await api.decline(id)]) {
        expect({ reason, status: answer.status }).toEqual({ reason, status: 409 });
        expectRefusal(answer, 409, "OfferGone");
      }
    }
  });

  it("is refused for another agent's, and for unknown ones", async () => {
    const theirs = await offered(inSeconds(600), here.supervisor.agentId);
    const elsewhere = await makeWorkspace();
    const other = routingOf(elsewhere);
    for (const answer of ["accept", "decline"] as const) {
      expectRefusal(await api[answer](theirs.id, here.agent.auth), 403, "Forbidden");
      expectRefusal(await api[answer](theirs.id, here.viewer.auth), 403, "Forbidden");
      expectRefusal(await api[answer](randomUUID()), 404, "OfferNotFound");
      expectRefusal(await api[answer](randomUUID(), here.agent.auth), 404, "OfferNotFound");
      expectRefusal(await other[answer](theirs.id), 404, "OfferNotFound");
      expectRefusal(await api[answer]("1"), 400, "BadRequest", ["offerId"]);
    }
    expect(await offerStateOf(theirs.id)).toBe("pending");
  });

  it("is repeated with an idempotency key", async () => {
    const { id } = await offered();
    const headers = { "Idempotency-Key": randomUUID() };
    const accept = () => api.ask("acceptOffer", { offerId: id }, { as: here.agent.auth, headers });
    const [first, second] = [await accept(), await accept()];
    expect(second).toMatchObject({ status: 200, body: first.body });
  });
});

describe("declining an offer", () => {
  it("puts the conversation back in its place", async () => {
    const { id, conversationId } = await offered();
    const { body: before } = await api.get(conversationId);
    const { offer: _, ...rest } = before;
    const { body } = await api.decline(id, here.agent.auth);
    expect(body).toEqual({ ...rest, state: "queued", updatedAt: body.updatedAt });
    expect(await offerStateOf(id)).toBe("declined");
    expect(await eventsOf(id)).toEqual(["offer.created", "offer.declined"]);
    expectRefusal(await api.accept(id, here.agent.auth), 409, "OfferGone");
  });

  it("ends a row of unanswered offers, but not the state of not responding", async () => {
    await miss(5);
    await api.decline((await offered()).id);
    expect(await missedBy(agentId)).toEqual([]);
    await miss(5, 4);
    await api.decline((await offered()).id);
    expect(await missedBy(agentId)).toHaveLength(2);
  });
});

describe("at the same time", () => {
  const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).sort();

  it("only one of several answers counts", async () => {
    for (let round = 0; round < 10; round++) {
      const { id, conversationId } = await offered();
      const answers = await Promise.all([
        api.accept(id, here.agent.auth),
        api.decline(id, here.agent.auth),
        api.accept(id, here.supervisor.auth),
        api.accept(id),
        api.decline(id),
      ]);
      expect(statuses(answers)).toEqual([200, 409, 409, 409, 409]);
      const { state } = (await api.get(conversationId)).body;
      expect(await offerStateOf(id)).toBe(state === "assigned" ? "accepted" : "declined");
      await api.close(conversationId);
    }
    expect(await countsOf(agentId)).toMatchObject({ assigned: 0 });
  });

  it("an offer is either accepted or expires", async () => {
    const outcomes = new Set<number>();
    for (let round = 0; round < 12; round++) {
      const { id, conversationId } = await offered(inSeconds(0.03 * (round % 4)));
      // Does what the matcher does when an offer expires, in its own transaction.
      const expire = async () => {
        for (let attempt = 0; attempt < 20; attempt++) {
          const [row] = await sql(
            `WITH locked AS (SELECT id FROM conversations WHERE workspace_id = $1 AND id = $2 FOR UPDATE),
               over AS (UPDATE offers SET state = 'expired', settled_at = expires_at WHERE workspace_id = $1 AND id = $3
                 AND state = 'pending' AND expires_at <= now() AND EXISTS (SELECT 1 FROM locked) RETURNING id)
             UPDATE conversations SET state = 'queued', updated_at = now()
             WHERE workspace_id = $1 AND id = $2 AND state = 'offered' AND EXISTS (SELECT 1 FROM over) RETURNING id`,
            [here.id, conversationId, id],
          );
          if (row) return;
        }
      };
      const [answer] = await Promise.all([api.accept(id, here.agent.auth), expire()]);
      const [state, { body }] = [await offerStateOf(id), await api.get(conversationId)];
      outcomes.add(answer.status);
      if (answer.status === 200) expect(body).toMatchObject({ state: "assigned", agentId });
      else expectRefusal(answer, 409, "OfferGone");
      expect(state).toBe(answer.status === 200 ? "accepted" : state === "pending" ? "pending" : "expired");
      expect(body.state).toBe(answer.status === 200 ? "assigned" : "queued");
    }
    expect([...outcomes].sort()).toEqual([200, 409]);
  });

  it("an assignment by hand beats or follows an accepted offer, never both", async () => {
    const other = await api.bot();
    for (let round = 0; round < 10; round++) {
      const { id, conversationId } = await offered();
      const [accepted, assigned] = await Promise.all([
        api.accept(id, here.agent.auth),
        api.assign(conversationId, { agentId: other }),
      ]);
      expect(assigned.status).toBe(200);
      expect((await api.get(conversationId)).body).toMatchObject({ state: "assigned", agentId: other });
      expect(await offerStateOf(id)).toBe(accepted.status === 200 ? "accepted" : "withdrawn");
      if (accepted.status !== 200) expectRefusal(accepted, 409, "OfferGone");
      expect(await countsOf(agentId)).toMatchObject({ assigned: 0 });
      expect(await countsOf(other)).toMatchObject({ assigned: 1 });
      await api.close(conversationId);
    }
  });

  it("closing a conversation and accepting its offer leave it closed", async () => {
    for (let round = 0; round < 6; round++) {
      const { id, conversationId } = await offered();
      const [, closed] = await Promise.all([api.accept(id, here.agent.auth), api.close(conversationId)]);
      expect(closed.status).toBe(200);
      expect((await api.get(conversationId)).body.state).toBe("closed");
      expect(await countsOf(agentId)).toMatchObject({ assigned: 0 });
    }
  });
});
