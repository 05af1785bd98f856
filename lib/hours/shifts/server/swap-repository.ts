import type { StoredHours } from "@/lib/hours/schedule/stored";
import type { CalendarPolicy, ShiftSwap, ShiftSwapId } from "@/lib/hours/shifts/swaps-contract";
import { conditionsOn } from "@/lib/platform/database/conditions";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named } from "@/lib/platform/http/server/paged";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** The shifts of a date, by the wall clock of a zone. */
export interface SwappedShifts {
  timezone: string;
  intervals: StoredHours[];
}

/** Dates are `YYYY-MM-DD`. */
export interface SwapRow {
  id: ShiftSwapId;
  workspaceId: string;
  agentId: AgentId;
  date: string;
  withAgentId: AgentId | null;
  withDate: string | null;
  /** The shifts as they were offered. Null in swaps from before they were recorded. */
  offered: SwappedShifts | null;
  /** The shifts of `withDate`; null until a colleague is known. */
  inReturn: SwappedShifts | null;
  state: ShiftSwap["state"];
  note: string | null;
  deciderId: string | null;
  deciderName: string | null;
  decidedAt: Date | null;
  comment: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface SwapFilter {
  states?: readonly ShiftSwap["state"][] | undefined;
  agentIds?: readonly AgentId[] | undefined;
}

/** An override as stored. */
export interface OverrideRow {
  agentId: AgentId;
  date: string;
  intervals: StoredHours[];
  note: string | null;
  source: "user" | "swap" | "changeSet";
}

const columns = `${named("s", ["workspaceId", "id", "agentId", "withAgentId", "note", "deciderId", "deciderName", "decidedAt", "comment", "offered", "inReturn", "createdAt", "updatedAt"])},
    to_char(s.date, 'YYYY-MM-DD') AS date, to_char(s.with_date, 'YYYY-MM-DD') AS "withDate", s.state::text AS state`;

const conditions = {
  workspace: "s.workspace_id = :workspace::uuid",
  states: "s.state = ANY(:states::text[]::shift_swap_state[])",
  agentIds: `(s.agent_id = ANY(:agentIds::uuid[]) OR s.with_agent_id = ANY(:agentIds::uuid[])
    OR (s.with_agent_id IS NULL AND s.state = 'offered' AND EXISTS (
      SELECT 1 FROM team_members o JOIN team_members c ON c.workspace_id = o.workspace_id AND c.team_id = o.team_id
      WHERE o.workspace_id = s.workspace_id AND o.agent_id = s.agent_id AND c.agent_id = ANY(:agentIds::uuid[]))))`,
};

const refusingSecondOffer = refusingDuplicates(
  "ShiftSwapAlreadyExists",
  "The agent already offers the shift of this date. Cancel that offer first.",
);

export function createSwapRepository(db: Database) {
  return {
    /** Returns a page, newest first, with one extra row if there is a next page. */
    async list(workspaceId: AuthorizedWorkspaceId, filter: SwapFilter, { limit, after }: CreationPage) {
      const { where, given } = conditionsOn(conditions, { workspace: workspaceId, ...filter });
      const rows = await db.query<SwapRow & { total: number; found: boolean | null }>(
        `SELECT counted.total, page.*
         FROM (SELECT count(*)::int AS total FROM shift_swaps s WHERE ${where}) counted
         LEFT JOIN LATERAL (
           SELECT true AS found, ${columns} FROM shift_swaps s WHERE ${where}
             ${after ? "AND (s.created_at, s.id) < (to_timestamp(:createdAt::double precision / 1000), :id::uuid)" : ""}
           ORDER BY s.created_at DESC, s.id DESC LIMIT :limit::int) page ON true`,
        { ...given, limit, ...after },
      );
      return { rows: rows.filter((row) => row.found), total: rows[0]?.total ?? 0 };
    },

    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<SwapRow | undefined> {
      const [row] = await db.query<SwapRow>(
        `SELECT ${columns} FROM shift_swaps s WHERE s.workspace_id = :workspace::uuid AND s.id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return row;
    },

    /**
     * Locks a swap. Lock the agents first, in the same order as deleting an agent. Another order could deadlock.
     */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<SwapRow | undefined> {
      const [row] = await db.query<SwapRow>(
        `SELECT ${columns} FROM shift_swaps s
         WHERE s.workspace_id = :workspace::uuid AND s.id = :id::uuid FOR UPDATE`,
        { workspace: workspaceId, id },
      );
      return row;
    },

    /** Throws `ShiftSwapAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      row: Pick<SwapRow, "id" | "agentId" | "date" | "withAgentId" | "withDate" | "note" | "inReturn"> & {
        offered: SwappedShifts;
      },
      now: Date,
    ): Promise<void> {
      const { date, withDate, offered, inReturn, ...rest } = row;
      await refusingSecondOffer(() =>
        db.prisma.shiftSwap.createMany({
          data: [
            {
              ...rest,
              offered: json(offered),
              ...(inReturn ? { inReturn: json(inReturn) } : {}),
              workspaceId,
              date: new Date(date),
              withDate: withDate === null ? null : new Date(withDate),
              createdAt: now,
              updatedAt: now,
            },
          ],
        }),
      );
    },

    /** Writes a new state. With `decider`, records who decided. The swap must be locked. */
    async settle(
      workspaceId: AuthorizedWorkspaceId,
      id: ShiftSwapId,
      change: {
        state: SwapRow["state"];
        withAgentId?: AgentId;
        inReturn?: SwappedShifts | null;
        comment?: string | undefined;
        decider?: Actor;
      },
      now: Date,
    ): Promise<void> {
      const { state, withAgentId, inReturn, comment, decider } = change;
      await db.prisma.shiftSwap.updateMany({
        where: { workspaceId, id },
        data: {
          state,
          ...(withAgentId === undefined ? {} : { withAgentId }),
          ...(inReturn ? { inReturn: json(inReturn) } : {}),
          ...(comment === undefined ? {} : { comment }),
          ...(decider
            ? { deciderKind: decider.kind, deciderId: decider.id, deciderName: decider.name, decidedAt: now }
            : {}),
          updatedAt: now,
        },
      });
    },

    /** Returns whether two agents share a team. */
    async shareTeam(workspaceId: AuthorizedWorkspaceId, one: AgentId, other: AgentId): Promise<boolean> {
      const rows = await db.query(
        `SELECT 1 FROM team_members a JOIN team_members b ON b.workspace_id = a.workspace_id AND b.team_id = a.team_id
         WHERE a.workspace_id = :workspace::uuid AND a.agent_id = :one::uuid AND b.agent_id = :other::uuid LIMIT 1`,
        { workspace: workspaceId, one, other },
      );
      return rows.length > 0;
    },

    /** Returns the overrides of these agents on these dates. */
    async overrides(
      workspaceId: AuthorizedWorkspaceId,
      agentIds: readonly AgentId[],
      dates: readonly string[],
    ): Promise<OverrideRow[]> {
      return await db.query<OverrideRow>(
        `SELECT agent_id AS "agentId", to_char(date, 'YYYY-MM-DD') AS date, intervals, note, source::text AS source
         FROM agent_overrides WHERE workspace_id = :workspace::uuid AND agent_id = ANY(:agents::uuid[])
           AND date = ANY(:dates::text[]::date[])`,
        { workspace: workspaceId, agents: agentIds, dates },
      );
    },

    /** Writes the overrides of a swap, and replaces those of the same dates. The agents must be locked. */
    async saveOverrides(
      workspaceId: AuthorizedWorkspaceId,
      swapId: ShiftSwapId,
      overrides: readonly Pick<OverrideRow, "agentId" | "date" | "intervals">[],
      now: Date,
    ): Promise<void> {
      await db.query(
        `INSERT INTO agent_overrides (workspace_id, agent_id, date, intervals, note, source, source_id, created_at, updated_at)
         SELECT :workspace::uuid, o."agentId", o.date, o.intervals, NULL, 'swap', :swap::uuid, :now::timestamptz, :now::timestamptz
         FROM jsonb_to_recordset(:overrides::jsonb) AS o("agentId" uuid, date date, intervals jsonb)
         ON CONFLICT (workspace_id, agent_id, date) DO UPDATE SET intervals = excluded.intervals, note = NULL,
           source = excluded.source, source_id = excluded.source_id, updated_at = excluded.updated_at`,
        { workspace: workspaceId, swap: swapId, overrides: JSON.stringify(overrides), now },
      );
    },

    async findPolicy(
      workspaceId: AuthorizedWorkspaceId,
    ): Promise<(CalendarPolicy & { updatedAt: Date }) | undefined> {
      const [row] = await db.query<CalendarPolicy & { updatedAt: Date }>(
        `SELECT swap_approval::text AS "swapApproval", updated_at AS "updatedAt" FROM calendar_policies
         WHERE workspace_id = :workspace::uuid`,
        { workspace: workspaceId },
      );
      return row;
    },

    /** Serializes changes of the policy until the transaction ends, even before it has a row. */
    async lockPolicy(workspaceId: AuthorizedWorkspaceId): Promise<void> {
      await db.query("SELECT id FROM workspaces WHERE id = :workspace::uuid FOR NO KEY UPDATE", {
        workspace: workspaceId,
      });
    },

    async savePolicy(workspaceId: AuthorizedWorkspaceId, policy: CalendarPolicy, now: Date): Promise<void> {
      await db.prisma.calendarPolicy.upsert({
        where: { workspaceId },
        create: { ...policy, workspaceId, updatedAt: now },
        update: { ...policy, updatedAt: now },
      });
    },
  };
}

const json = ({ timezone, intervals }: SwappedShifts) => ({
  timezone,
  intervals: intervals.map(({ from, to }) => ({ from, to })),
});

export type SwapRepository = ReturnType<typeof createSwapRepository>;
