import type { Database } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/ids";

/** One entry of the ledger. */
export interface Entry {
  agentId: AgentId;
  agentName: string;
  action: "created" | "updated" | "deleted";
  actor: { kind: "user" | "accessKey" | "system"; id: string | null; name: string };
  cause: "user" | "supervisor" | "api" | "schedule" | "timeout";
  /** Property to what it was and what it became. */
  fields: Record<string, { before?: unknown; after?: unknown }>;
  at: Date;
}

/** Writes the ledger, in the transaction of the change. */
export function createLedgerRepository(db: Database) {
  return {
    async record(workspaceId: AuthorizedWorkspaceId, entry: Entry): Promise<void> {
      await db.prisma.change.createMany({
        data: [
          {
            workspaceId,
            id: newId(),
            agentId: entry.agentId,
            agentName: entry.agentName,
            action: entry.action,
            actorKind: entry.actor.kind,
            actorId: entry.actor.id,
            actorName: entry.actor.name,
            cause: entry.cause,
            fields: entry.fields as Prisma.InputJsonObject,
            createdAt: entry.at,
          },
        ],
      });
    },

    /** Forgets all that is known of an agent; what remains is the entry of its deletion. */
    async forget(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<void> {
      await db.prisma.change.deleteMany({ where: { workspaceId, agentId } });
    },
  };
}

export type LedgerRepository = ReturnType<typeof createLedgerRepository>;
