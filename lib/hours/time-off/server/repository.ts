import type { Decision, TimeOffColumns, TimeOffRow } from "@/lib/hours/time-off/server/row";
import type { TimeOffState } from "@/lib/hours/time-off/values";
import type { Database } from "@/lib/platform/database/db";
import {
  databaseErrorFacts,
  isExclusionViolation,
  isForeignKeyViolation,
} from "@/lib/platform/database/errors";
import { ApiError } from "@/lib/platform/http/errors";
import { named } from "@/lib/platform/http/server/paged";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Which time off to list. */
export interface TimeOffFilter {
  from?: string | undefined;
  to?: string | undefined;
  agentIds?: readonly string[] | undefined;
  teamIds?: readonly string[] | undefined;
  states?: readonly TimeOffState[] | undefined;
  /** Restricts others' time off to what colleagues see; null: the caller has no agent. */
  colleague?: { own: AgentId | null } | undefined;
}

export interface TimeOffPage {
  limit: number;
  after: { startDate: string; id: string } | undefined;
}

/** Approved time off with a delegate. */
export type DelegationRow = Pick<
  TimeOffRow,
  "id" | "agentId" | "startDate" | "endDate" | "startMinute" | "endMinute"
> & { delegateAgentId: AgentId; agentId: AgentId };

const date = (column: string) => `to_char(t.${column}, 'YYYY-MM-DD')`;
const times = `${date("start_date")} AS "startDate", ${date("end_date")} AS "endDate",
    ${named("t", ["startMinute", "endMinute"])}`;

const columns = `${named("t", ["id", "workspaceId", "agentId", "typeId", "note", "publicNote", "delegateAgentId", "deciderId", "deciderName", "decidedAt", "comment", "icsUid", "createdAt", "updatedAt"])},
    t.state::text AS state, t.source::text AS source, t.decider_kind::text AS "deciderKind",
    y.is_private AS "isPrivate", ${times}`;

const from = `FROM time_off t JOIN time_off_types y ON y.workspace_id = t.workspace_id AND y.id = t.type_id`;

const findText = `SELECT ${columns} ${from} WHERE t.workspace_id = :workspaceId::uuid
    AND t.agent_id = :agentId::uuid AND t.id = :id::uuid`;

/** Returns the conditions of a list. */
function conditionsOf({ from, to, agentIds, teamIds, states, colleague }: TimeOffFilter): string {
  return [
    "t.workspace_id = :workspaceId::uuid",
    from && "t.end_date >= :from::date",
    to && "t.start_date <= :to::date",
    agentIds && "t.agent_id = ANY(:agentIds::uuid[])",
    teamIds &&
      `t.agent_id IN (SELECT m.agent_id FROM team_members m
        WHERE m.workspace_id = :workspaceId::uuid AND m.team_id = ANY(:teamIds::uuid[]))`,
    states && "t.state = ANY(:states::text[]::time_off_state[])",
    colleague && "(t.state = 'approved' OR t.agent_id = :own::uuid)",
  ]
    .filter(Boolean)
    .join(" AND ");
}

/** Throws `TimeOffOverlaps` if the constraint on approved time off rejects the write. */
async function refusingOverlaps(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isExclusionViolation(error))
      throw new ApiError(
        "TimeOffOverlaps",
        "The agent already has approved time off at that time. Change or cancel it first.",
        { cause: error },
      );
    // The type was deleted after it was read.
    if (isForeignKeyViolation(error) && databaseErrorFacts(error).constraint?.includes("type"))
      throw new ApiError("InvalidTimeOff", "The type is not in this workspace. Check typeId.", {
        details: { typeId: ["is not a time off type in this workspace."] },
        cause: error,
      });
    throw error;
  }
}

export function createTimeOffRepository(db: Database) {
  return {
    /** Returns a page by start date, with one extra row if there is a next page. */
    async list(
      workspaceId: AuthorizedWorkspaceId,
      filter: TimeOffFilter,
      { limit, after }: TimeOffPage,
    ): Promise<{ rows: TimeOffRow[]; total: number }> {
      const where = conditionsOf(filter);
      const { colleague, ...values } = filter;
      const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
      const given = { workspaceId, ...known, ...(colleague ? { own: colleague.own } : {}) };
      const [counted] = await db.query<{ total: number }>(
        `SELECT count(*)::int AS total FROM time_off t WHERE ${where}`,
        given,
      );
      const rows = await db.query<TimeOffRow>(
        `SELECT ${columns} ${from} WHERE ${where}
         ${after ? "AND (t.start_date, t.id) > (:startDate::date, :id::uuid)" : ""}
         ORDER BY t.start_date, t.id LIMIT :limit::int`,
        { ...given, limit, ...after },
      );
      return { rows, total: counted?.total ?? 0 };
    },

    async find(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      id: string,
    ): Promise<TimeOffRow | undefined> {
      const [row] = await db.query<TimeOffRow>(findText, { workspaceId, agentId, id });
      return row;
    },

    /** Returns all time off of an agent that ends on a date or later, or was imported. */
    ofAgent(workspaceId: AuthorizedWorkspaceId, agentId: AgentId, since: string): Promise<TimeOffRow[]> {
      return db.query<TimeOffRow>(
        `SELECT ${columns} ${from} WHERE t.workspace_id = :workspaceId::uuid AND t.agent_id = :agentId::uuid
           AND (t.end_date >= :since::date OR t.ics_uid IS NOT NULL) ORDER BY t.start_date, t.id`,
        { workspaceId, agentId, since },
      );
    },

    /** Locks an agent against other changes, also of their time off. Returns undefined if there is none. */
    async lockAgent(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
    ): Promise<{ name: string; timezone: string } | undefined> {
      const [row] = await db.query<{ name: string; timezone: string }>(
        `SELECT name, timezone FROM agents WHERE workspace_id = :workspaceId::uuid AND id = :agentId::uuid
         FOR NO KEY UPDATE`,
        { workspaceId, agentId },
      );
      return row;
    },

    async existsAgent(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<boolean> {
      const rows = await db.query(
        `SELECT 1 FROM agents WHERE workspace_id = :workspaceId::uuid AND id = :agentId::uuid`,
        { workspaceId, agentId },
      );
      return rows.length > 0;
    },

    /** Returns the number of requested and approved entries. */
    async countOpen(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<number> {
      const [row] = await db.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM time_off WHERE workspace_id = :workspaceId::uuid
           AND agent_id = :agentId::uuid AND state IN ('requested', 'approved')`,
        { workspaceId, agentId },
      );
      return row?.count ?? 0;
    },

    /** Prevents other checks and writes of the workspace's delegates until the transaction ends. */
    async lockDelegates(workspaceId: AuthorizedWorkspaceId): Promise<void> {
      await db.query(
        "SELECT pg_advisory_xact_lock(hashtextextended('delegates ' || :workspaceId::text, 0))::text",
        {
          workspaceId,
        },
      );
    },

    /** Returns approved time off with a delegate that touches the dates. */
    delegations(
      workspaceId: AuthorizedWorkspaceId,
      { from: first, to }: { from: string; to: string },
    ): Promise<DelegationRow[]> {
      return db.query<DelegationRow>(
        `SELECT t.id, t.agent_id AS "agentId", t.delegate_agent_id AS "delegateAgentId", ${times}
         FROM time_off t WHERE t.workspace_id = :workspaceId::uuid AND t.state = 'approved'
           AND t.delegate_agent_id IS NOT NULL AND t.end_date >= :from::date AND t.start_date <= :to::date`,
        { workspaceId, from: first, to },
      );
    },

    /** Throws `TimeOffOverlaps`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      id: string,
      row: TimeOffColumns & Decision & Pick<TimeOffRow, "state" | "source" | "icsUid">,
      now: Date,
    ): Promise<void> {
      await refusingOverlaps(() =>
        db.query(
          `INSERT INTO time_off (workspace_id, id, agent_id, type_id, state, start_date, end_date, start_minute,
             end_minute, note, public_note, delegate_agent_id, decider_kind, decider_id, decider_name, decided_at,
             comment, source, ics_uid, created_at, updated_at)
           VALUES (:workspaceId::uuid, :id::uuid, :agentId::uuid, :typeId::uuid, :state::text::time_off_state,
             :startDate::date, :endDate::date, :startMinute::smallint, :endMinute::smallint, :note::text,
             :publicNote::text, :delegateAgentId::uuid, :deciderKind::text::actor_kind, :deciderId::uuid,
             :deciderName::text, :decidedAt::timestamptz, :comment::text, :source::text::time_off_source,
             :icsUid::text, :now::timestamptz, :now::timestamptz)`,
          { ...written(row), source: row.source, icsUid: row.icsUid, workspaceId, id, agentId, now },
        ),
      );
    },

    /** Writes all columns that can change. The agent must be locked. Throws `TimeOffOverlaps`. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      row: TimeOffColumns & Decision & Pick<TimeOffRow, "state">,
      now: Date,
    ): Promise<void> {
      await refusingOverlaps(() =>
        db.query(
          `UPDATE time_off SET type_id = :typeId::uuid, state = :state::text::time_off_state,
             start_date = :startDate::date, end_date = :endDate::date, start_minute = :startMinute::smallint,
             end_minute = :endMinute::smallint, note = :note::text, public_note = :publicNote::text,
             delegate_agent_id = :delegateAgentId::uuid, decider_kind = :deciderKind::text::actor_kind,
             decider_id = :deciderId::uuid, decider_name = :deciderName::text,
             decided_at = :decidedAt::timestamptz, comment = :comment::text,
             updated_at = GREATEST(updated_at, :now::timestamptz)
           WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid`,
          { ...written(row), workspaceId, id, now },
        ),
      );
    },

    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.query("DELETE FROM time_off WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid", {
        workspaceId,
        id,
      });
    },
  };
}

/** Returns the parameters that inserts and updates share. */
function written(row: TimeOffColumns & Decision & Pick<TimeOffRow, "state">) {
  const { typeId, state, startDate, endDate, startMinute, endMinute, note, publicNote } = row;
  const { delegateAgentId, deciderKind, deciderId, deciderName, decidedAt, comment } = row;
  const times = { startDate, endDate, startMinute, endMinute };
  const decision = { deciderKind, deciderId, deciderName, decidedAt, comment };
  return { typeId, state, ...times, note, publicNote, delegateAgentId, ...decision };
}

export type TimeOffRepository = ReturnType<typeof createTimeOffRepository>;
