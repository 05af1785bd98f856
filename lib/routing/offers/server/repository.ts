import type { Database } from "@/lib/platform/database/db";
import type { StoredInstant } from "@/lib/platform/http/wire";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { conversationColumns, joinedOffer } from "@/lib/routing/conversations/server/list.sql";
import type { ConversationRow } from "@/lib/routing/conversations/server/serializer";

export interface OfferRow {
  conversationId: string;
  agentId: AgentId;
  state: "pending" | "accepted" | "declined" | "expired" | "withdrawn";
  expiresAt: StoredInstant;
}

/** The offered conversation. */
export type OfferedRow = ConversationRow & {
  offer: NonNullable<ConversationRow["offer"]>;
  offeredAt: StoredInstant;
};

export function createOfferRepository(db: Database) {
  return {
    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<OfferRow | undefined> {
      const [row] = await db.query<OfferRow>(
        `SELECT conversation_id AS "conversationId", agent_id AS "agentId", state::text AS state,
           expires_at AS "expiresAt"
         FROM offers WHERE workspace_id = :workspace::uuid AND id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return row;
    },

    /** Returns an agent's pending offers, soonest expiry first; undefined if the agent does not exist. */
    async pending(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      now: Date,
    ): Promise<OfferedRow[] | undefined> {
      const rows = await db.query<OfferedRow & { found: boolean | null }>(
        `SELECT p.* FROM agents a LEFT JOIN LATERAL (
           SELECT true AS found, o.created_at AS "offeredAt", ${conversationColumns}
           FROM conversations c ${joinedOffer}
           WHERE c.workspace_id = a.workspace_id AND o.agent_id = a.id AND o.expires_at > :now::timestamptz
           ORDER BY o.expires_at, o.id) p ON true
         WHERE a.workspace_id = :workspace::uuid AND a.id = :agent::uuid`,
        { workspace: workspaceId, agent: agentId, now },
      );
      return rows.length === 0 ? undefined : rows.filter((row) => row.found);
    },

    /** Records an agent's answer. Lock the conversation first; the offer must be pending. */
    async settle(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      state: "accepted" | "declined",
      now: Date,
    ): Promise<void> {
      await db.prisma.offer.updateMany({ where: { workspaceId, id }, data: { state, settledAt: now } });
    },

    /**
     * Clears an agent's missed offers. With `below`, only if they are fewer: an agent who counts as not
     * responding must first accept an offer or set their availability.
     */
    async forgetMissed(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      below?: number | null,
    ): Promise<void> {
      await db.query(
        `UPDATE agent_states SET missed_offers_at = '{}'
         WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid AND cardinality(missed_offers_at) > 0
           AND (:below::int IS NULL OR cardinality(missed_offers_at) < :below::int)`,
        { workspace: workspaceId, agent: agentId, below: below ?? null },
      );
    },
  };
}

export type OfferRepository = ReturnType<typeof createOfferRepository>;
