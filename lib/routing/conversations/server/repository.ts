import { respondedAt } from "@/lib/availability/effective/server/verdict.sql";
import type { Channel, Code } from "@/lib/availability/effective/values";
import type { Database } from "@/lib/platform/database/db";
import { isUniqueViolation } from "@/lib/platform/database/errors";
import { ApiError } from "@/lib/platform/http/errors";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AgentUsage, Conversation } from "@/lib/routing/conversations/contract";
import {
  type ConversationFilter,
  type ConversationPage,
  conversationColumns,
  joinedOffer,
  type ListedRow,
  listStatement,
} from "@/lib/routing/conversations/server/list.sql";
import type { ConversationRow } from "@/lib/routing/conversations/server/serializer";

/** Columns that requests change. Triggers update everything derived from them. */
export interface ConversationColumns {
  subject: string | null;
  queueId: string | null;
  priority: number;
  requiredSkills: Conversation["requiredSkills"];
  preferredAgentId: string | null;
  state: ConversationRow["state"];
  agentId: string | null;
  forced: boolean;
  excludedAgentIds: string[];
  step: number;
  queuedAt: Date | null;
  assignedAt: Date | null;
  closedAt: Date | null;
}

/** A new conversation. */
export interface NewConversation
  extends Pick<
    ConversationColumns,
    | "subject"
    | "queueId"
    | "priority"
    | "requiredSkills"
    | "preferredAgentId"
    | "state"
    | "agentId"
    | "queuedAt"
    | "assignedAt"
  > {
  id: string;
  externalId: string;
  channel: Channel;
}

/** A decision by a person or another system about who gets a conversation. */
export interface Decision {
  conversationId: string;
  kind: "manual" | "reported";
  agentId: string;
  codes: readonly Code[];
}

const findText = `SELECT ${conversationColumns} FROM conversations c ${joinedOffer}
  WHERE c.workspace_id = :workspace::uuid AND c.id = :id::uuid`;

export function createConversationRepository(db: Database) {
  return {
    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<ConversationRow | undefined> {
      const [row] = await db.query<ConversationRow>(findText, { workspace: workspaceId, id });
      return row;
    },

    /** Locks a conversation until the transaction ends and returns it. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<ConversationRow | undefined> {
      // A separate statement: after waiting for the lock, the same statement would still see the old offer.
      await db.query(
        "SELECT id FROM conversations WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE",
        { workspace: workspaceId, id },
      );
      return this.find(workspaceId, id);
    },

    /** Reads one page and the total in one statement. */
    async list(
      workspaceId: AuthorizedWorkspaceId,
      filter: ConversationFilter,
      page: ConversationPage,
    ): Promise<{ rows: ConversationRow[]; total: number }> {
      const { text, params } = listStatement(workspaceId, filter, page);
      const rows = await db.query<ListedRow>(text, params);
      return { rows: rows.filter((row) => row.found), total: rows[0]?.total ?? 0 };
    },

    /** Throws `ConversationAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      { requiredSkills, ...row }: NewConversation,
      now: Date,
    ): Promise<void> {
      try {
        await db.query(
          `INSERT INTO conversations (workspace_id, id, external_id, channel, subject, queue_id, priority,
             required_skills, preferred_agent_id, state, agent_id, queued_at, assigned_at, created_at, updated_at)
           VALUES (:workspace::uuid, :id::uuid, :externalId::text, :channel::text::conversation_channel,
             :subject::text, :queueId::uuid, :priority::int, :requiredSkills::text::jsonb, :preferredAgentId::uuid,
             :state::text::conversation_state, :agentId::uuid, :queuedAt::timestamptz, :assignedAt::timestamptz,
             :now::timestamptz, :now::timestamptz)`,
          { ...row, workspace: workspaceId, requiredSkills: JSON.stringify(requiredSkills), now },
        );
      } catch (error) {
        if (isUniqueViolation(error))
          throw new ApiError(
            "ConversationAlreadyExists",
            "A conversation with this externalId is not closed yet. Change that one, or close it first.",
            { cause: error },
          );
        throw error;
      }
    },

    /** Changes a conversation. Lock it first. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: Partial<ConversationColumns>,
      now: Date,
    ): Promise<void> {
      await db.prisma.conversation.updateMany({
        where: { workspaceId, id },
        data: { ...columns, updatedAt: now },
      });
    },

    async insertDecision(actor: Actor, { codes, ...decision }: Decision, now: Date): Promise<void> {
      await db.prisma.routingDecision.createMany({
        data: [
          {
            ...decision,
            codes: [...codes],
            workspaceId: actor.workspaceId,
            id: newId(),
            at: now,
            rank: 0,
            considered: 0,
            actorKind: actor.kind,
            actorId: actor.id,
            actorName: actor.name,
          },
        ],
      });
    },

    /** Locks the states of agents whose counts and offers the transaction changes, in order of id. */
    async lockStates(workspaceId: AuthorizedWorkspaceId, agentIds: readonly string[]): Promise<void> {
      if (agentIds.length > 0)
        await db.query(
          `SELECT agent_id FROM agent_states WHERE workspace_id = :workspace::uuid AND agent_id = ANY(:agents::uuid[])
           ORDER BY agent_id FOR NO KEY UPDATE`,
          { workspace: workspaceId, agents: agentIds },
        );
    },

    /**
     * Ends the pending offer of a locked conversation as expired or withdrawn. Lock the agent's state first.
     * An offer that expired before the agent last responded is not missed.
     */
    async endOffer(workspaceId: AuthorizedWorkspaceId, conversationId: string, now: Date): Promise<void> {
      await db.query(
        `WITH ended AS (
           UPDATE offers SET settled_at = LEAST(expires_at, :now::timestamptz),
             state = CASE WHEN expires_at <= :now::timestamptz THEN 'expired' ELSE 'withdrawn' END::offer_state
           WHERE workspace_id = :workspace::uuid AND conversation_id = :conversation::uuid AND state = 'pending'
           RETURNING agent_id, state, settled_at)
         UPDATE agent_states s SET missed_offers_at = s.missed_offers_at || e.settled_at
         FROM ended e WHERE e.state = 'expired' AND s.workspace_id = :workspace::uuid AND s.agent_id = e.agent_id
           AND e.settled_at > ${respondedAt("s")} AND cardinality(s.missed_offers_at) < 10`,
        { workspace: workspaceId, conversation: conversationId, now },
      );
    },

    /** Returns which of the ids are agents of the workspace, and locks them against deletion. */
    async existingAgents(workspaceId: AuthorizedWorkspaceId, ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.query<{ id: string }>(
        `SELECT id FROM agents WHERE workspace_id = :workspace::uuid AND id = ANY(:ids::uuid[])
         ORDER BY id FOR KEY SHARE`,
        { workspace: workspaceId, ids },
      );
      return new Set(rows.map((row) => row.id));
    },

    /** Returns the given skills with the ids of their values, and locks them against deletion. */
    async existingSkills(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly string[],
    ): Promise<Map<string, Set<string>>> {
      const rows = await db.query<{ id: string; valueIds: string[] }>(
        `SELECT k.id, ARRAY(SELECT v.id::text FROM skill_values v
           WHERE v.workspace_id = k.workspace_id AND v.skill_id = k.id) AS "valueIds"
         FROM skills k WHERE k.workspace_id = :workspace::uuid AND k.id = ANY(:ids::uuid[])
         ORDER BY k.id FOR KEY SHARE OF k`,
        { workspace: workspaceId, ids },
      );
      return new Map(rows.map(({ id, valueIds }) => [id, new Set(valueIds)]));
    },

    /** Returns whether the queue exists, and locks it against deletion. */
    async queueExists(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        "SELECT id FROM routing_queues WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR KEY SHARE",
        { workspace: workspaceId, id },
      );
      return rows.length > 0;
    },

    /** Returns the id of the default queue, and locks it against deletion. */
    async defaultQueue(workspaceId: AuthorizedWorkspaceId): Promise<string | undefined> {
      const [row] = await db.query<{ id: string }>(
        "SELECT id FROM routing_queues WHERE workspace_id = :workspace::uuid AND is_default FOR KEY SHARE",
        { workspace: workspaceId },
      );
      return row?.id;
    },

    /** Returns what deleting the agent affects; undefined if the agent does not exist. */
    async agentUsage(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<AgentUsage | undefined> {
      const [row] = await db.query<AgentUsage>(
        `SELECT
           (SELECT count(*)::int FROM conversations c WHERE c.workspace_id = a.workspace_id AND c.agent_id = a.id
              AND c.state = 'assigned') AS assigned,
           (SELECT count(*)::int FROM offers o WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id
              AND o.state = 'pending') AS offered,
           (SELECT count(*)::int FROM conversations c WHERE c.workspace_id = a.workspace_id
              AND c.state IN ('queued', 'offered') AND c.state <> 'closed' AND c.preferred_agent_id = a.id) AS preferred
         FROM agents a WHERE a.workspace_id = :workspace::uuid AND a.id = :agent::uuid`,
        { workspace: workspaceId, agent: agentId },
      );
      return row;
    },
  };
}

export type ConversationRepository = ReturnType<typeof createConversationRepository>;
