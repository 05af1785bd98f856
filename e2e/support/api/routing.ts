import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { AgentStatus } from "@/lib/availability/declared/contract";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { type Answer, type Call, call } from "./client";
import { makeAgent, sql, type TestWorkspace } from "./fixtures";

export const reported = (body: Record<string, unknown> = {}) => ({
  externalId: `external ${randomUUID()}`,
  channel: "messaging",
  ...body,
});

/**
 * Returns functions that call the conversation and offer operations, by default as the workspace's access
 * key.
 */
export function routingOf(here: TestWorkspace) {
  const ask = <Body = Conversation>(
    id: string,
    params: Record<string, string> = {},
    options: Omit<Call, "params"> = {},
  ): Promise<Answer<Body>> =>
    call<Body>(id, { as: here.key, ...options, params: { workspaceId: here.id, ...params } });
  const on =
    (id: string) =>
    (conversationId: string, body?: unknown, options: Omit<Call, "params"> = {}) =>
      ask(id, { conversationId }, { ...(body === undefined ? {} : { body }), ...options });
  const answering = (id: string) => (offerId: string, as?: string) =>
    ask(id, { offerId }, as === undefined ? {} : { as });
  return {
    ask,
    create: (body: unknown, options: Omit<Call, "params"> = {}) =>
      ask("createConversation", {}, { body, ...options }),
    get: on("getConversation"),
    patch: on("patchConversation"),
    assign: on("assignConversation"),
    requeue: on("requeueConversation"),
    close: on("closeConversation"),
    accept: answering("acceptOffer"),
    decline: answering("declineOffer"),
    /** Reports a conversation that is already assigned to an agent. */
    async give(agentId: string, body: Record<string, unknown> = {}): Promise<Conversation> {
      const answer = await ask("createConversation", {}, { body: reported({ agentId, ...body }) });
      expect(answer.status).toBe(201);
      return answer.body;
    },
    /** Creates a bot with this status. */
    async bot(status: AgentStatus = "active"): Promise<string> {
      const { id } = await makeAgent(here);
      await this.setStatus(id, status);
      return id;
    },
    async setStatus(agentId: string, status: AgentStatus): Promise<void> {
      const answer = await ask("patchAvailability", { agentId }, { body: { status } });
      expect(answer.status).toBe(200);
    },
  };
}

/** Returns the types of the events about a resource, oldest first. */
export async function eventsOf(id: string): Promise<string[]> {
  const rows = await sql<{ type: string }>("SELECT type FROM events WHERE resource_id = $1 ORDER BY id", [
    id,
  ]);
  return rows.map(({ type }) => type);
}

export interface StoredDecision {
  kind: string;
  agentId: string;
  rank: number;
  considered: number;
  codes: string[];
  actorKind: string;
  actorId: string | null;
  actorName: string;
}

/** Returns the decisions about a conversation that were not made by the matcher, oldest first. */
export function decisionsOf(conversationId: string): Promise<StoredDecision[]> {
  return sql<StoredDecision & Record<string, unknown>>(
    `SELECT kind::text, agent_id AS "agentId", rank, considered, codes, actor_kind::text AS "actorKind",
       actor_id AS "actorId", actor_name AS "actorName"
     FROM routing_decisions WHERE conversation_id = $1 AND kind <> 'automatic' ORDER BY id`,
    [conversationId],
  );
}

export async function offerStateOf(offerId: string): Promise<string | undefined> {
  const [row] = await sql<{ state: string }>("SELECT state::text FROM offers WHERE id = $1", [offerId]);
  return row?.state;
}

/** Returns when the agent last missed offers. */
export async function missedBy(agentId: string): Promise<Date[]> {
  const text = `SELECT missed_offers_at AS missed FROM agent_states WHERE agent_id = $1`;
  const [row] = await sql<{ missed: Date[] }>(text, [agentId]);
  return row?.missed ?? [];
}

/** Returns the counts of open conversations of an agent. */
export async function countsOf(agentId: string) {
  const [row] = await sql(
    `SELECT messaging_count AS messaging, email_count AS email, voice_count AS voice, assigned_count AS assigned
     FROM agent_states WHERE agent_id = $1`,
    [agentId],
  );
  return row;
}
