import { attentionOfAll, attentionOfTeams } from "@/lib/agents/attention/server/attention.sql";
import type { AttentionReason } from "@/lib/agents/attention/values";
import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import type { Channel } from "@/lib/availability/effective/values";
import { hoursValues } from "@/lib/hours/calendar/server/hours.sql";
import type { HoursAt } from "@/lib/hours/calendar/server/workspace-hours";
import type { Database } from "@/lib/platform/database/db";
import type { StoredInstant } from "@/lib/platform/http/wire";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** An agent with one reason. */
export interface AttentionRow {
  reason: AttentionReason;
  /** Number of agents with this reason. */
  total: number;
  since: StoredInstant | null;
  channel: Channel | null;
  open: number | null;
  capacity: number | null;
  agentId: string;
  name: string;
  avatarUrl: string | null;
  status: AgentStatus;
  activity: Activity;
}

type Row = { presence: string } & (AttentionRow | { reason: null });

/** `publicUrl` is the base URL of the product, without a trailing slash. */
export function createAttentionRepository(db: Database, publicUrl: string) {
  return {
    /** Returns whether the policy uses presence, and up to `limit` agents for each reason, worst first. */
    async find(
      workspaceId: AuthorizedWorkspaceId,
      {
        teamIds,
        limit,
        hours,
        now,
      }: { teamIds: readonly string[] | undefined; limit: number; hours: HoursAt; now: Date },
    ): Promise<{ usesPresence: boolean; rows: AttentionRow[] }> {
      const values = { workspaceId, ...hoursValues(hours), now, limit, publicUrl };
      const rows = teamIds
        ? await db.query<Row>(attentionOfTeams, { ...values, teamIds })
        : await db.query<Row>(attentionOfAll, values);
      return {
        usesPresence: rows.some(({ presence }) => presence !== "off"),
        rows: rows.filter((row) => row.reason !== null),
      };
    },
  };
}

export type AttentionRepository = ReturnType<typeof createAttentionRepository>;
