import type { StoredHours, StoredVersion } from "@/lib/hours/schedule/stored";
import type { OverridesQuery, Travel } from "@/lib/hours/weeks/contract";
import type { overrideSources } from "@/lib/hours/weeks/values";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** An agent's weekly hours and travel. */
export interface StoredWeeks {
  timezone: string;
  /** Null means always in hours. */
  schedule: StoredVersion[] | null;
  travel: Travel["travel"];
}

export interface OverrideRow {
  agentId: AgentId;
  date: string;
  intervals: StoredHours[];
  note: string | null;
  source: (typeof overrideSources)[number];
  createdAt: Date;
  updatedAt: Date;
}

/** An override to write. */
export interface NewOverride extends Pick<OverrideRow, "agentId" | "date" | "intervals" | "note" | "source"> {
  /** The swap or change set that made it. */
  sourceId: string | null;
}

/** Maximum number of overrides in a response. */
const listLimit = 1000;

const columns = `o.agent_id AS "agentId", to_char(o.date, 'YYYY-MM-DD') AS date, o.intervals, o.note,
  o.source::text AS source, o.created_at AS "createdAt", o.updated_at AS "updatedAt"`;

/** Reads and writes weekly hours, travel and overrides. */
export function createWeekRepository(db: Database) {
  return {
    /** Returns undefined if there is no such agent. */
    async find(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<StoredWeeks | undefined> {
      const [row] = await db.query<StoredWeeks>(
        `SELECT timezone, schedule, travel FROM agents WHERE workspace_id = :workspaceId::uuid AND id = :agentId::uuid`,
        { workspaceId, agentId },
      );
      return row;
    },

    /** Writes weekly hours and travel. The agent must be locked. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      { timezone, schedule, travel }: StoredWeeks,
    ): Promise<void> {
      await db.query(
        `UPDATE agents SET timezone = :timezone::text, schedule = :schedule::text::jsonb, travel = :travel::text::jsonb
         WHERE workspace_id = :workspaceId::uuid AND id = :agentId::uuid`,
        {
          workspaceId,
          agentId,
          timezone,
          schedule: schedule && JSON.stringify(schedule),
          travel: JSON.stringify(travel),
        },
      );
    },

    /** Returns the overrides of an agent by date, at most 1,000. */
    overrides(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      { from = "-infinity", to = "infinity" }: OverridesQuery,
    ): Promise<OverrideRow[]> {
      return db.query<OverrideRow>(
        `SELECT ${columns} FROM agent_overrides o
         WHERE o.workspace_id = :workspaceId::uuid AND o.agent_id = :agentId::uuid
           AND o.date BETWEEN :from::text::date AND :to::text::date
         ORDER BY o.date LIMIT ${listLimit}`,
        { workspaceId, agentId, from, to },
      );
    },

    /** Returns the overrides of agents on a date. */
    overridesOn(
      workspaceId: AuthorizedWorkspaceId,
      date: string,
      agentIds: readonly AgentId[],
    ): Promise<OverrideRow[]> {
      return db.query<OverrideRow>(
        `SELECT ${columns} FROM agent_overrides o
         WHERE o.workspace_id = :workspaceId::uuid AND o.date = :date::text::date AND o.agent_id = ANY(:agentIds::uuid[])`,
        { workspaceId, date, agentIds },
      );
    },

    /** Inserts or replaces overrides. The agents must be locked. */
    async setOverrides(
      workspaceId: AuthorizedWorkspaceId,
      overrides: readonly NewOverride[],
      now: Date,
    ): Promise<void> {
      if (overrides.length === 0) return;
      await db.query(
        `INSERT INTO agent_overrides (workspace_id, agent_id, date, intervals, note, source, source_id, created_at, updated_at)
         SELECT :workspaceId::uuid, n.agent_id, n.date, n.intervals, n.note, n.source, n.source_id, :now::timestamptz,
           :now::timestamptz
         FROM jsonb_populate_recordset(NULL::agent_overrides, :rows::text::jsonb) n
         ON CONFLICT (workspace_id, agent_id, date) DO UPDATE SET intervals = EXCLUDED.intervals, note = EXCLUDED.note,
           source = EXCLUDED.source, source_id = EXCLUDED.source_id, updated_at = EXCLUDED.updated_at`,
        {
          workspaceId,
          now,
          rows: JSON.stringify(
            overrides.map(({ agentId, sourceId, ...row }) => ({
              ...row,
              agent_id: agentId,
              source_id: sourceId,
            })),
          ),
        },
      );
    },

    /** Deletes the overrides of agents on a date. The agents must be locked. */
    async deleteOverrides(
      workspaceId: AuthorizedWorkspaceId,
      date: string,
      agentIds: readonly AgentId[],
    ): Promise<void> {
      await db.query(
        `DELETE FROM agent_overrides
         WHERE workspace_id = :workspaceId::uuid AND date = :date::text::date AND agent_id = ANY(:agentIds::uuid[])`,
        { workspaceId, date, agentIds },
      );
    },
  };
}

export type WeekRepository = ReturnType<typeof createWeekRepository>;
