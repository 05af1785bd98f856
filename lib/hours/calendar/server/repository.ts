import type { Days } from "@/lib/hours/calendar/data";
import { revisionText } from "@/lib/hours/calendar/server/revision.sql";
import type { StoredHours, StoredVersion } from "@/lib/hours/schedule/stored";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, WorkspaceId } from "@/lib/platform/ids";
import type { Weekday } from "@/lib/platform/time/calendar";

/** The key of an agent's recurring hours, and the agent's own exceptions. */
export interface AgentRow {
  id: AgentId;
  /** `hours_key`. */
  key: string;
  /** Equal for agents with equal recurring hours and equal names of holidays. */
  variant: string;
  /** Whether the hours depend on rows that other agents share. */
  shares: boolean;
  overrides: { day: number; intervals: StoredHours[]; note: string | null }[] | null;
  timeOff: TimeOffRow[] | null;
}

export interface TimeOffRow {
  id: string;
  typeId: string;
  startDay: number;
  startMinute: number | null;
  endDay: number;
  endMinute: number | null;
  publicNote: string | null;
}

/** The recurring hours of one agent. */
export interface RecurringRow {
  variant: string;
  timezone: string;
  schedule: StoredVersion[] | null;
  holidays: { name: string; month: number; day: number }[];
  travel: { timezone: string; from: string; to: string }[];
  calendarIds: string[];
  memberships: { rotationId: string; offset: number; from: number | null; until: number | null }[];
}

export interface CalendarRow {
  id: string;
  name: string;
  days: { day: number; name: string }[];
}

export interface RotationRow {
  id: string;
  name: string;
  timezone: string | null;
  startDay: number;
  versions: { from: number; weeks: { [day in Weekday]?: string }[] }[];
}

export interface ShiftRow {
  id: string;
  name: string;
  intervals: StoredHours[];
  worksOnHolidays: boolean;
}

/** What the hours of several agents refer to. */
export interface SharedRows {
  calendars: CalendarRow[];
  rotations: RotationRow[];
  shifts: ShiftRow[];
}

/** Hours in use, with an agent who has them. */
export interface UsedHoursRow {
  key: string;
  agentId: AgentId;
  variant: string;
  shares: boolean;
}

const epochDay = (date: string) => `(${date} - DATE '1970-01-01')`;

/** Adds the names of holidays, which are not part of `hours_key`. */
const variant = `CASE WHEN a.holidays = '[]' THEN a.hours_key::text
    ELSE a.hours_key || md5(a.holidays::text) END AS variant`;

const shares = "(a.calendars_key <> '' OR a.rotations_key <> '') AS shares";

const overridesText = `(SELECT json_agg(json_build_object('day', ${epochDay("o.date")}, 'intervals', o.intervals,
      'note', o.note) ORDER BY o.date)
    FROM agent_overrides o WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id
      AND o.date BETWEEN DATE '1970-01-01' + :from::int AND DATE '1970-01-01' + :to::int) AS overrides`;

const timeOffText = `(SELECT json_agg(json_build_object('id', t.id, 'typeId', t.type_id,
      'startDay', ${epochDay("t.start_date")}, 'startMinute', t.start_minute,
      'endDay', ${epochDay("t.end_date")}, 'endMinute', t.end_minute, 'publicNote', t.public_note)
      ORDER BY t.start_date, t.start_minute NULLS FIRST)
    FROM time_off t WHERE t.workspace_id = a.workspace_id AND t.agent_id = a.id AND t.state = 'approved'
      AND t.start_date <= DATE '1970-01-01' + :to::int AND t.end_date >= DATE '1970-01-01' + :from::int) AS "timeOff"`;

const agentsText = `SELECT a.id, a.hours_key AS key, ${variant}, ${shares}, ${overridesText}, ${timeOffText}
  FROM agents a WHERE a.workspace_id = :workspaceId::uuid`;

/** Agents with an override or time off around some days, found by index. */
const exceptionalText = `${agentsText} AND a.id = ANY(ARRAY(
    SELECT o.agent_id FROM agent_overrides o WHERE o.workspace_id = :workspaceId::uuid
      AND o.date BETWEEN DATE '1970-01-01' + :from::int AND DATE '1970-01-01' + :to::int
    UNION
    SELECT t.agent_id FROM time_off t WHERE t.workspace_id = :workspaceId::uuid AND t.state = 'approved'
      AND t.start_date <= DATE '1970-01-01' + :to::int AND t.end_date >= DATE '1970-01-01' + :from::int))`;

const usedHoursText = `
  SELECT n.key, one.* FROM (
    SELECT value::uuid AS key FROM agent_counts
    WHERE workspace_id = :workspaceId::uuid AND facet = 'hours' GROUP BY value HAVING sum(amount) > 0) n
  CROSS JOIN LATERAL (
    SELECT a.id AS "agentId", ${variant}, ${shares} FROM agents a
    WHERE a.workspace_id = :workspaceId::uuid AND a.hours_key = n.key LIMIT 1) one`;

const recurringText = `
  SELECT ${variant}, a.timezone, a.schedule, a.holidays, a.travel,
    CASE WHEN a.calendars_key = '' THEN '[]' ELSE coalesce((SELECT json_agg(c.calendar_id ORDER BY c.calendar_id)
      FROM agent_holiday_calendars c WHERE c.workspace_id = a.workspace_id AND c.agent_id = a.id), '[]') END AS "calendarIds",
    CASE WHEN a.rotations_key = '' THEN '[]' ELSE coalesce((SELECT json_agg(json_build_object('rotationId', m.rotation_id,
        'offset', m."offset", 'from', ${epochDay("m.from_date")}, 'until', ${epochDay("m.until_date")})
        ORDER BY m.from_date NULLS FIRST)
      FROM rotation_members m WHERE m.workspace_id = a.workspace_id AND m.agent_id = a.id), '[]') END AS memberships
  FROM agents a WHERE a.workspace_id = :workspaceId::uuid AND a.id = ANY(:agentIds::uuid[])`;

const sharedText = `SELECT
  coalesce((SELECT json_agg(json_build_object('id', c.id, 'name', c.name, 'days', coalesce((
      SELECT json_agg(json_build_object('day', ${epochDay("d.date")}, 'name', d.name) ORDER BY d.date)
      FROM holiday_calendar_days d WHERE d.workspace_id = c.workspace_id AND d.calendar_id = c.id), '[]')))
    FROM holiday_calendars c WHERE c.workspace_id = :workspaceId::uuid), '[]') AS calendars,
  coalesce((SELECT json_agg(json_build_object('id', r.id, 'name', r.name, 'timezone', r.timezone,
      'startDay', ${epochDay("r.start_date")}, 'versions', coalesce((
        SELECT json_agg(json_build_object('from', ${epochDay("v.from_date")}, 'weeks', v.weeks) ORDER BY v.from_date)
        FROM rotation_versions v WHERE v.workspace_id = r.workspace_id AND v.rotation_id = r.id), '[]')))
    FROM rotations r WHERE r.workspace_id = :workspaceId::uuid), '[]') AS rotations,
  coalesce((SELECT json_agg(json_build_object('id', s.id, 'name', s.name, 'intervals', s.intervals,
      'worksOnHolidays', s.works_on_holidays))
    FROM shifts s WHERE s.workspace_id = :workspaceId::uuid), '[]') AS shifts`;

/** Reads the rows from which hours are computed. The repository of each resource writes them. */
export function createCalendarRepository(db: Database) {
  return {
    /** Returns a text that changes whenever hours in the workspace may have changed. */
    async revision(workspaceId: WorkspaceId): Promise<string> {
      const [row] = await db.query<{ revision: string }>(revisionText, { workspaceId });
      return row?.revision ?? "";
    },

    /** Returns agents with the overrides and time off that touch the days. Omit `agentIds` for all agents. */
    agents(
      workspaceId: WorkspaceId,
      agentIds: readonly AgentId[] | undefined,
      { from, to }: Days,
    ): Promise<AgentRow[]> {
      return agentIds === undefined
        ? db.query<AgentRow>(agentsText, { workspaceId, from, to })
        : db.query<AgentRow>(`${agentsText} AND a.id = ANY(:agentIds::uuid[])`, {
            workspaceId,
            agentIds,
            from,
            to,
          });
    },

    /** Returns the agents with an override or approved time off that touches the days. */
    exceptional(workspaceId: WorkspaceId, { from, to }: Days): Promise<AgentRow[]> {
      return db.query<AgentRow>(exceptionalText, { workspaceId, from, to });
    },

    /** Returns each `hours_key` that an agent of the workspace has. */
    usedHours(workspaceId: WorkspaceId): Promise<UsedHoursRow[]> {
      return db.query<UsedHoursRow>(usedHoursText, { workspaceId });
    },

    recurring(workspaceId: WorkspaceId, agentIds: readonly AgentId[]): Promise<RecurringRow[]> {
      return db.query<RecurringRow>(recurringText, { workspaceId, agentIds });
    },

    async shared(workspaceId: WorkspaceId): Promise<SharedRows> {
      const [row] = await db.query<SharedRows>(sharedText, { workspaceId });
      return row ?? { calendars: [], rotations: [], shifts: [] };
    },
  };
}

export type CalendarRepository = ReturnType<typeof createCalendarRepository>;
