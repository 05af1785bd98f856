import {
  agentsOf,
  type Condition,
  type Context,
  countOf,
  foundBy,
  instantCast,
  type Parameters,
  workspace,
} from "@/lib/agents/agents/server/condition";
import { byEmail, byName, bySearch } from "@/lib/agents/agents/server/text-query";
import type { OpenDay } from "@/lib/hours/schedule/rules";
import { wordsOf } from "@/lib/platform/text/text-folding";
import type { MinuteRange } from "@/lib/platform/time/wall-clock";

// The text of the SQL that narrows a list of agents. No I/O: `repository.ts` runs it.

/** What a list is narrowed to; different filters must all match. Instants are epoch milliseconds. */
export interface AgentFilter {
  name?: string | undefined;
  email?: string | undefined;
  /** Words, each of which is in the name or in an address. */
  search?: string | undefined;
  agentStatuses?: readonly string[] | undefined;
  activities?: readonly string[] | undefined;
  roleIds?: readonly string[] | undefined;
  teamIds?: readonly string[] | undefined;
  skillIds?: readonly string[] | undefined;
  hours?: HoursFilter | undefined;
  lastStatusActivitySince?: number | undefined;
  lastStatusActivityUpto?: number | undefined;
}

/** Who is in hours at an instant, or who is not. */
export interface HoursFilter {
  inHours: boolean;
  /** Zones of the workspace's agents. An agent in another one is neither in hours nor out of them. */
  timezones: readonly string[];
  /** Those of these zones at the instant. */
  days: readonly OpenDay[];
}

/** The zones that agents of a workspace ($1) are in: a step along the index for each, however many agents there are. */
export const timezonesQuery = `
  WITH RECURSIVE found AS (
    (SELECT timezone FROM agents WHERE workspace_id = $1::uuid ORDER BY timezone LIMIT 1)
    UNION ALL
    SELECT (SELECT a.timezone FROM agents a WHERE a.workspace_id = $1::uuid AND a.timezone > f.timezone
              ORDER BY a.timezone LIMIT 1)
      FROM found f WHERE f.timezone IS NOT NULL)
  SELECT timezone FROM found WHERE timezone IS NOT NULL`;

const multirange = (ranges: readonly MinuteRange[]) =>
  `{${ranges.map(({ first, last }) => `[${first},${last}]`).join(",")}}`;

/**
 * `openDays` in SQL: there is a day in the zone of `a` whose shift has started and not ended. Columns of `a` stand in the
 * WHERE alone, so that PostgreSQL can join the days by zone instead of going through them for each row.
 */
function inHours({ inHours: wanted, timezones, days }: HoursFilter, parameters: Parameters): string {
  const rows = days.map(({ timezone, weekday, date, come, comeNext }) => ({
    timezone,
    weekday,
    holiday: [{ month: date.month, day: date.day }],
    come: multirange(come),
    come_next: multirange(comeNext),
  }));
  const hours = `CASE WHEN a.weekly_schedule IS NULL THEN '{"from": 0, "to": 0}' ELSE a.weekly_schedule -> d.weekday END`;
  const from = `((${hours}) -> 'from')::int`;
  const to = `((${hours}) -> 'to')::int`;
  return `a.timezone = ANY(${parameters.add(timezones)}::text[]) AND ${wanted ? "" : "NOT "}EXISTS (
       SELECT 1 FROM jsonb_to_recordset(${parameters.add(JSON.stringify(rows))}::text::jsonb)
         AS d(timezone text, weekday text, holiday jsonb, come int4multirange, come_next int4multirange)
       WHERE d.timezone = a.timezone AND (
         (a.weekly_schedule IS NULL AND a.holidays = '[]')
         OR (d.come @> ${from} AND NOT CASE WHEN ${to} > ${from} THEN d.come ELSE d.come_next END @> ${to}
           AND NOT a.holidays @> d.holiday)))`;
}

/** What the database keeps count of: the agents with any of these values. */
const kept = (facet: "status" | "activity" | "skill" | "role", values: string) =>
  `(SELECT coalesce(sum(n.amount), 0) FROM agent_counts n
     WHERE n.${workspace} AND n.facet = '${facet}' AND n.value = ANY(${values}::text[]))`;

/** Agents with a row in a table of what they have; with several values one may have several. */
function byHolding(table: string, column: string, values: string, several: boolean, id: string) {
  return {
    holds: `EXISTS (SELECT 1 FROM ${table} h
       WHERE h.${workspace} AND h.${column} = ANY(${values}) AND h.agent_id = ${id} OFFSET 0)`,
    ids: `SELECT ${several ? "DISTINCT " : ""}f.agent_id AS id FROM ${foundBy(values, table, column, "agent_id")}`,
  };
}

function byTeam(teamIds: readonly string[], { parameters, id }: Context): Condition {
  const values = `${parameters.add(teamIds)}::uuid[]`;
  const found = byHolding("team_members", "team_id", values, teamIds.length > 1, id);
  if (teamIds.length > 1) return { ...found, count: countOf(found.ids) };
  return {
    ...found,
    kept: `(SELECT coalesce(sum(t.active_member_count + t.pending_member_count), 0) FROM teams t
             WHERE t.${workspace} AND t.id = ANY(${values}))`,
  };
}

function bySkill(skillIds: readonly string[], { parameters, id }: Context): Condition {
  const values = parameters.add(skillIds);
  const found = byHolding("agent_skills", "skill_id", `${values}::uuid[]`, skillIds.length > 1, id);
  return skillIds.length > 1
    ? { ...found, count: countOf(found.ids) }
    : { ...found, kept: kept("skill", values) };
}

/**
 * Agents with the same key are in hours together: the question is asked about one agent of each key, of which there are few,
 * however many agents there are.
 */
function byHours(filter: HoursFilter, { parameters }: Context): Condition {
  return {
    tables: [
      `used_hours AS MATERIALIZED (
      SELECT n.key, n.amount, one.* FROM (
        SELECT value::uuid AS key, sum(amount) AS amount FROM agent_counts
        WHERE ${workspace} AND facet = 'hours' GROUP BY value HAVING sum(amount) > 0) n
      CROSS JOIN LATERAL (
        SELECT p.timezone, p.weekly_schedule, p.holidays FROM agents p
        WHERE p.${workspace} AND p.hours_key = n.key LIMIT 1) one)`,
      `hours AS MATERIALIZED (SELECT a.key, a.amount FROM used_hours a WHERE ${inHours(filter, parameters)})`,
    ],
    // As a value, not as a condition that PostgreSQL could make a join of: looked up in a table of hashes, however many.
    holds: "(a.hours_key IN (SELECT key FROM hours)) IS TRUE",
    ids: `SELECT p.id FROM hours h CROSS JOIN LATERAL (
         SELECT id FROM agents WHERE ${workspace} AND hours_key = h.key OFFSET 0) p`,
    kept: "(SELECT coalesce(sum(amount), 0) FROM hours)",
  };
}

/** Conditions on an agent's state alone, in one: an index tells most pairs of them. */
function ofState(filter: AgentFilter, { parameters, now }: Context): Condition[] {
  const { lastStatusActivitySince: since, lastStatusActivityUpto: upto, activities, agentStatuses } = filter;
  const all = (parts: readonly (string | undefined)[]) =>
    parts.filter((part) => part !== undefined).join(" AND ");
  const ids = (...where: (string | undefined)[]) =>
    `SELECT s.agent_id AS id FROM agent_states s WHERE ${all([`s.${workspace}`, ...where])}`;
  const counted = (...where: (string | undefined)[]) => countOf(ids(...where));

  const statuses = agentStatuses && parameters.add(agentStatuses);
  const hasStatus = statuses && `s.status = ANY(${statuses}::agent_status[])`;
  const time = [
    ...(since === undefined ? [] : [`s.last_status_set >= ${instantCast(parameters.add(since))}`]),
    ...(upto === undefined ? [] : [`s.last_status_set <= ${instantCast(parameters.add(upto))}`]),
  ];
  if (!activities) {
    if (time.length === 0)
      return statuses
        ? [{ holds: all([hasStatus]), ids: ids(hasStatus), kept: kept("status", statuses) }]
        : [];
    return [
      { holds: all([...time, hasStatus]), ids: ids(...time, hasStatus), count: counted(...time, hasStatus) },
    ];
  }
  // What has run out is `available`, whatever was declared; what is kept count of is what was declared.
  const values = parameters.add(activities);
  const named = `ANY(${values}::activity[])`;
  const over = `s.activity_expires_at <= ${now}`;
  const holds = all([
    ...time,
    hasStatus,
    `CASE WHEN ${over} THEN 'available' ELSE s.activity END = ${named}`,
  ]);
  if (time.length > 0) return [{ holds, ids: ids(holds), count: counted(holds) }];
  const declared = `s.activity = ${named}`;
  const available = `'available' = ${named}`;
  const amount = (fromDeclared: string) =>
    `(${fromDeclared} - ${counted(hasStatus, over, declared)} + ${counted(hasStatus, over, available)})`;
  return [
    {
      holds,
      ids: `${ids(hasStatus, declared, `(s.activity_expires_at IS NULL OR s.activity_expires_at > ${now})`)}
         UNION ALL ${ids(hasStatus, over, available)}`,
      ...(hasStatus
        ? { count: amount(counted(hasStatus, declared)) }
        : { kept: amount(kept("activity", values)) }),
    },
  ];
}

function byRole(roleIds: readonly string[], { parameters }: Context): Condition {
  const values = parameters.add(roleIds);
  const several = roleIds.length > 1;
  const people = `ARRAY(SELECT ${several ? "DISTINCT " : ""}f.user_id
         FROM ${foundBy(`${values}::uuid[]`, "membership_roles", "role_id", "user_id")})`;
  const ids = agentsOf(people);
  return {
    holds: `EXISTS (SELECT 1 FROM membership_roles mr
       WHERE mr.${workspace} AND mr.role_id = ANY(${values}::uuid[]) AND mr.user_id = a.user_id OFFSET 0)`,
    ids,
    people,
    ...(several ? { count: countOf(ids) } : { kept: kept("role", values) }),
  };
}

/**
 * The filter as conditions that must all hold. A subquery with `OFFSET 0` is asked for each agent, where PostgreSQL would
 * otherwise go through the whole workspace to join.
 */
export function conditions(filter: AgentFilter, context: Context): Condition[] {
  const { name, email, search = "", teamIds, skillIds, roleIds, hours } = filter;
  return [
    ...(name === undefined ? [] : [byName(name, context)]),
    ...(email === undefined ? [] : [byEmail(email, context)]),
    ...bySearch(wordsOf(search), context),
    ...(teamIds ? [byTeam(teamIds, context)] : []),
    ...(skillIds ? [bySkill(skillIds, context)] : []),
    ...ofState(filter, context),
    ...(roleIds ? [byRole(roleIds, context)] : []),
    ...(hours ? [byHours(hours, context)] : []),
  ];
}
