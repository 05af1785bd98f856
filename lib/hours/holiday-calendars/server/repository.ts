import type { HolidayCalendar, HolidayCalendarId } from "@/lib/hours/holiday-calendars/contract";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { foldText } from "@/lib/platform/text/text-folding";

export type Days = HolidayCalendar["days"];

/** Columns of a calendar. Without a country and region, the days are the calendar's own. */
export interface CalendarColumns {
  name: string;
  country: string | null;
  region: string | null;
}

export interface CalendarRow extends CalendarColumns {
  id: HolidayCalendarId;
  workspaceId: AuthorizedWorkspaceId;
  days: Days;
  agentCount: number;
  createdAt: Date;
  updatedAt: Date;
}

/** A calendar that follows the holidays of a country or region. */
export interface SourcedCalendar {
  workspaceId: AuthorizedWorkspaceId;
  id: HolidayCalendarId;
  country: string;
  region: string | null;
}

/** A calendar that an agent has. */
export interface AssignedCalendar {
  agentId: AgentId;
  id: HolidayCalendarId;
  name: string;
}

const columns = `${named("c", ["workspaceId", "id", "name", "country", "region", "createdAt", "updatedAt"])},
    (SELECT coalesce(json_agg(json_build_object('date', to_char(d.date, 'YYYY-MM-DD'), 'name', d.name) ORDER BY d.date), '[]')
      FROM holiday_calendar_days d WHERE d.workspace_id = c.workspace_id AND d.calendar_id = c.id) AS days,
    (SELECT count(*)::int FROM agent_holiday_calendars h
      WHERE h.workspace_id = c.workspace_id AND h.calendar_id = c.id) AS "agentCount"`;

const refusingSecondName = refusingDuplicates(
  "HolidayCalendarAlreadyExists",
  "Another holiday calendar of this workspace has this name. Choose another name.",
);

export function createHolidayCalendarRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<CalendarRow>(
        db.query,
        { from: "holiday_calendars c", alias: "c", columns },
        workspaceId,
        page,
      );
    },

    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<CalendarRow | undefined> {
      const [row] = await db.query<CalendarRow>(
        `SELECT ${columns} FROM holiday_calendars c WHERE c.workspace_id = :workspaceId::uuid AND c.id = :id::uuid`,
        { workspaceId, id },
      );
      return row;
    },

    /** Locks a calendar against changes, but not against being assigned. Returns whether it exists. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM holiday_calendars WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid FOR NO KEY UPDATE`,
        { workspaceId, id },
      );
      return rows.length > 0;
    },

    /** Locks a calendar against changes and against being assigned. Returns whether it exists. */
    async lockForDeletion(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM holiday_calendars WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid FOR UPDATE`,
        { workspaceId, id },
      );
      return rows.length > 0;
    },

    /** Locks calendars against deletion, and returns the names of those that exist, by id. */
    async existing(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly HolidayCalendarId[],
    ): Promise<Map<HolidayCalendarId, string>> {
      const rows = await db.query<{ id: HolidayCalendarId; name: string }>(
        `SELECT id, name FROM holiday_calendars
         WHERE workspace_id = :workspaceId::uuid AND id = ANY(:ids::uuid[]) ORDER BY id FOR KEY SHARE`,
        { workspaceId, ids },
      );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    async agentExists(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<boolean> {
      const rows = await db.query(
        "SELECT id FROM agents WHERE workspace_id = :workspaceId::uuid AND id = :agentId::uuid",
        { workspaceId, agentId },
      );
      return rows.length > 0;
    },

    /** Returns the agents that have a calendar. */
    async holders(workspaceId: AuthorizedWorkspaceId, id: string): Promise<AgentId[]> {
      const rows = await db.query<{ id: AgentId }>(
        `SELECT agent_id AS id FROM agent_holiday_calendars
         WHERE workspace_id = :workspaceId::uuid AND calendar_id = :id::uuid`,
        { workspaceId, id },
      );
      return rows.map((row) => row.id);
    },

    /** Returns the calendars of agents, by name. */
    assigned(workspaceId: AuthorizedWorkspaceId, agentIds: readonly AgentId[]): Promise<AssignedCalendar[]> {
      return db.query<AssignedCalendar>(
        `SELECT h.agent_id AS "agentId", c.id, c.name
         FROM agent_holiday_calendars h
         JOIN holiday_calendars c ON c.workspace_id = h.workspace_id AND c.id = h.calendar_id
         WHERE h.workspace_id = :workspaceId::uuid AND h.agent_id = ANY(:agentIds::uuid[]) ORDER BY c.name_key`,
        { workspaceId, agentIds },
      );
    },

    /** Throws `HolidayCalendarAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      values: CalendarColumns,
      now: Date,
    ): Promise<void> {
      const row = { ...values, nameKey: foldText(values.name), workspaceId, id };
      await refusingSecondName(() =>
        db.prisma.holidayCalendar.createMany({ data: [{ ...row, createdAt: now, updatedAt: now }] }),
      );
    },

    /** Throws `HolidayCalendarAlreadyExists`. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      values: Partial<CalendarColumns>,
      now: Date,
    ): Promise<void> {
      const key = values.name === undefined ? {} : { nameKey: foldText(values.name) };
      await refusingSecondName(() =>
        db.prisma.holidayCalendar.updateMany({
          where: { workspaceId, id },
          data: { ...values, ...key, updatedAt: now },
        }),
      );
    },

    /** Replaces the days from a date on. The calendar must be locked. Returns whether any day changed. */
    async setDays(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      days: Days,
      from = "-infinity",
    ): Promise<boolean> {
      const values = { workspaceId, id, from, days: JSON.stringify(days) };
      const removed = await db.query(
        `DELETE FROM holiday_calendar_days d
         WHERE d.workspace_id = :workspaceId::uuid AND d.calendar_id = :id::uuid AND d.date >= :from::text::date
           AND NOT EXISTS (SELECT 1 FROM jsonb_populate_recordset(NULL::holiday_calendar_days, :days::text::jsonb) n
             WHERE n.date = d.date)
         RETURNING d.date`,
        values,
      );
      const written = await db.query(
        `INSERT INTO holiday_calendar_days AS d (workspace_id, calendar_id, date, name)
         SELECT :workspaceId::uuid, :id::uuid, n.date, n.name
         FROM jsonb_populate_recordset(NULL::holiday_calendar_days, :days::text::jsonb) n
         WHERE n.date >= :from::text::date
         ON CONFLICT (workspace_id, calendar_id, date) DO UPDATE SET name = EXCLUDED.name WHERE d.name <> EXCLUDED.name
         RETURNING d.date`,
        values,
      );
      return removed.length + written.length > 0;
    },

    /** Deletes a calendar and removes it from its agents. */
    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.holidayCalendar.deleteMany({ where: { workspaceId, id } });
    },

    /** Adds a calendar to agents that don't have it. Agents and calendar must be locked. */
    async assign(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      agentIds: readonly AgentId[],
    ): Promise<void> {
      await db.query(
        `INSERT INTO agent_holiday_calendars (workspace_id, agent_id, calendar_id)
         SELECT :workspaceId::uuid, n.id, :id::uuid FROM unnest(:agentIds::uuid[]) n(id) ON CONFLICT DO NOTHING`,
        { workspaceId, id, agentIds },
      );
    },

    /** Replaces the calendars of an agent. Agent and calendars must be locked. */
    async setAssigned(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      ids: readonly HolidayCalendarId[],
    ): Promise<void> {
      await db.query(
        `DELETE FROM agent_holiday_calendars WHERE workspace_id = :workspaceId::uuid AND agent_id = :agentId::uuid
           AND calendar_id <> ALL(:ids::uuid[])`,
        { workspaceId, agentId, ids },
      );
      await db.query(
        `INSERT INTO agent_holiday_calendars (workspace_id, agent_id, calendar_id)
         SELECT :workspaceId::uuid, :agentId::uuid, n.id FROM unnest(:ids::uuid[]) n(id) ON CONFLICT DO NOTHING`,
        { workspaceId, agentId, ids },
      );
    },

    /** Returns calendars with a source that have no day in this year or later, of all workspaces. */
    endingBefore(year: number): Promise<SourcedCalendar[]> {
      return db.query(
        `SELECT c.workspace_id AS "workspaceId", c.id, c.country, c.region FROM holiday_calendars c
         WHERE c.country IS NOT NULL AND NOT EXISTS (SELECT 1 FROM holiday_calendar_days d
           WHERE d.workspace_id = c.workspace_id AND d.calendar_id = c.id AND d.date >= make_date(:year::int, 1, 1))`,
        { year },
      );
    },

    /** Locks a calendar if it still has this source. */
    async lockOfSource(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      { country, region }: Omit<CalendarColumns, "name">,
    ): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM holiday_calendars WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid
           AND country = :country::text AND region IS NOT DISTINCT FROM :region::text FOR NO KEY UPDATE`,
        { workspaceId, id, country, region },
      );
      return rows.length > 0;
    },
  };
}

export type HolidayCalendarRepository = ReturnType<typeof createHolidayCalendarRepository>;
