import { type OpenDay, openDays } from "@/lib/hours/schedule/rules";
import { DAY_MS, type MonthDay, monthDayOf } from "@/lib/platform/time/calendar";
import { type MinuteRange, wallClockAt } from "@/lib/platform/time/wall-clock";

// SQL that knows who is in hours (docs/decisions/0011-in-hours-in-sql.md). Uses the parameters `:workspaceId` and
// `:days`, whose value is `daysValue`.

/**
 * Lists the time zones in use in a workspace by skip scan: one index lookup per zone, for any number of agents.
 */
export const timezonesQuery = `
  WITH RECURSIVE found AS (
    (SELECT timezone FROM agents WHERE workspace_id = :workspaceId::uuid ORDER BY timezone LIMIT 1)
    UNION ALL
    SELECT (SELECT a.timezone FROM agents a WHERE a.workspace_id = :workspaceId::uuid AND a.timezone > f.timezone
              ORDER BY a.timezone LIMIT 1)
      FROM found f WHERE f.timezone IS NOT NULL)
  SELECT timezone FROM found WHERE timezone IS NOT NULL`;

const multirange = (ranges: readonly MinuteRange[]) =>
  `{${ranges.map(({ first, last }) => `[${first},${last}]`).join(",")}}`;

/** Returns the value of `:days`: what a time means in these zones, as JSON. */
export function daysValue(timezones: readonly string[], at: number): string {
  const today = timezones.map((timezone) => ({
    timezone,
    weekday: null,
    holiday: dates(monthDayOf(Math.floor(wallClockAt(timezone, at) / DAY_MS))),
    come: "{}",
    come_next: "{}",
  }));
  return JSON.stringify([...openDays(timezones, at).map(dayRow), ...today]);
}

const dates = ({ month, day }: MonthDay) => [{ month, day }];

const dayRow = ({ timezone, weekday, date, come, comeNext }: OpenDay) => ({
  timezone,
  weekday,
  holiday: dates(date),
  come: multirange(come),
  come_next: multirange(comeNext),
});

/**
 * A day in the agent's zone that meets a condition. Columns of `a` appear only in WHERE, so that PostgreSQL can
 * join days by zone instead of scanning them for each row.
 */
const someDay = (condition: string) => `EXISTS (
       SELECT 1 FROM jsonb_to_recordset(:days::text::jsonb)
         AS d(timezone text, weekday text, holiday jsonb, come int4multirange, come_next int4multirange)
       WHERE d.timezone = a.timezone AND (${condition}))`;

const hours = `CASE WHEN a.weekly_schedule IS NULL THEN '{"from": 0, "to": 0}' ELSE a.weekly_schedule -> d.weekday END`;
const from = `((${hours}) -> 'from')::int`;
const to = `((${hours}) -> 'to')::int`;
const hasShift = `d.come @> ${from} AND NOT CASE WHEN ${to} > ${from} THEN d.come ELSE d.come_next END @> ${to}`;

/** Whether the agent `a` is in hours: some day has a shift in progress, by the rule of `openDays`. */
export const inHours = someDay(
  `(a.weekly_schedule IS NULL AND a.holidays = '[]') OR (${hasShift} AND NOT a.holidays @> d.holiday)`,
);

/**
 * Why the agent `a`, who is out of hours, is: because a holiday removed the shift that would be in progress, or
 * today is a holiday. Which one does not matter to the code.
 */
const offCode = `CASE WHEN ${someDay(
  `(d.weekday IS NULL OR (${hasShift})) AND a.holidays @> d.holiday`,
)} THEN 'holiday' ELSE 'outOfHours' END`;

/**
 * The table `used_hours`: each distinct `hours_key` of the workspace with the number of its agents and the
 * hours of one of them. Hours are evaluated once for each instead of once for each agent.
 */
export const usedHours = `used_hours AS MATERIALIZED (
      SELECT n.key, n.amount, one.* FROM (
        SELECT value::uuid AS key, sum(amount) AS amount FROM agent_counts
        WHERE workspace_id = :workspaceId::uuid AND facet = 'hours' GROUP BY value HAVING sum(amount) > 0) n
      CROSS JOIN LATERAL (
        SELECT p.timezone, p.weekly_schedule, p.holidays FROM agents p
        WHERE p.workspace_id = :workspaceId::uuid AND p.hours_key = n.key LIMIT 1) one)`;

/** The table `off_hours` of the `hours_key`s that are out of hours, with their codes; needs `used_hours`. */
export const offHours = `off_hours AS MATERIALIZED (
      SELECT a.key, ${offCode} AS code FROM used_hours a WHERE NOT ${inHours})`;
