import {
  agentsOf,
  type Condition,
  countOf,
  foundBy,
  instantCast,
  now,
  workspace,
} from "@/lib/agents/agents/server/condition";
import { byEmail, byName, bySearch } from "@/lib/agents/agents/server/text.sql";
import {
  canTake,
  type Question,
  valuesIn,
  verdictSql,
} from "@/lib/availability/effective/server/verdict.sql";
import type { Channel } from "@/lib/availability/effective/values";
import { inHoursTables, inHoursValues, isInHoursBrief } from "@/lib/hours/calendar/server/hours.sql";
import type { HoursAt } from "@/lib/hours/calendar/server/workspace-hours";
import { wordsOf } from "@/lib/platform/text/text-folding";

// SQL conditions for the filters of the agent list. Builds text only; `repository.ts` runs it.

/** Filters of the agent list; all must match. Times are epoch milliseconds. */
export interface AgentFilter {
  name?: string | undefined;
  email?: string | undefined;
  /** Words; each must occur in the name or in an email address. */
  search?: string | undefined;
  agentStatuses?: readonly string[] | undefined;
  activities?: readonly string[] | undefined;
  roleIds?: readonly string[] | undefined;
  teamIds?: readonly string[] | undefined;
  skillIds?: readonly string[] | undefined;
  hours?: HoursFilter | undefined;
  /** Agents who can take a conversation on one of these channels. */
  canTake?: (Question & { channels: readonly Channel[] }) | undefined;
  lastStatusActivitySince?: number | undefined;
  lastStatusActivityUpto?: number | undefined;
}

/** Agents who are in or out of working hours at a time. */
export interface HoursFilter {
  inHours: boolean;
  hours: HoursAt;
}

/** Returns the number of agents with any of these values, from the maintained counts. */
const kept = (facet: "status" | "activity" | "skill" | "role", values: string) =>
  `(SELECT coalesce(sum(n.amount), 0) FROM agent_counts n
     WHERE n.${workspace} AND n.facet = '${facet}' AND n.value = ANY(${values}::text[]))`;

/**
 * Matches agents with a row in a table such as `agent_skills`. With `several` values, an agent may have
 * several rows.
 */
function byHolding(table: string, column: string, values: string, several: boolean, id: string) {
  return {
    holds: `EXISTS (SELECT 1 FROM ${table} h
       WHERE h.${workspace} AND h.${column} = ANY(${values}) AND h.agent_id = ${id} OFFSET 0)`,
    ids: `SELECT ${several ? "DISTINCT " : ""}f.agent_id AS id FROM ${foundBy(values, table, column, "agent_id")}`,
  };
}

function byTeam(teamIds: readonly string[], id: string): Condition {
  const values = { teamIds };
  const found = {
    values,
    ...byHolding("team_members", "team_id", ":teamIds::uuid[]", teamIds.length > 1, id),
  };
  if (teamIds.length > 1) return { ...found, count: countOf(found.ids) };
  return {
    ...found,
    kept: `(SELECT coalesce(sum(t.active_member_count + t.pending_member_count), 0) FROM teams t
             WHERE t.${workspace} AND t.id = ANY(:teamIds::uuid[]))`,
  };
}

function bySkill(skillIds: readonly string[], id: string): Condition {
  const values = { skillIds };
  const found = {
    values,
    ...byHolding("agent_skills", "skill_id", ":skillIds::uuid[]", skillIds.length > 1, id),
  };
  return skillIds.length > 1
    ? { ...found, count: countOf(found.ids) }
    : { ...found, kept: kept("skill", ":skillIds") };
}

/**
 * Agents by key, corrected by those for whom the key is wrong. Keys are taken from the maintained counts, so that those
 * that nobody knows yet are out of hours.
 */
function byHours({ inHours: wanted, hours }: HoursFilter, id: string): Condition {
  const matches = wanted ? "" : "NOT ";
  return {
    values: inHoursValues(hours),
    tables: [
      ...inHoursTables,
      `hours AS MATERIALIZED (
        SELECT n.key, n.amount FROM (
          SELECT value::uuid AS key, sum(amount) AS amount FROM agent_counts
          WHERE ${workspace} AND facet = 'hours' GROUP BY value HAVING sum(amount) > 0) n
        WHERE ${matches}n.key IN (SELECT k.key FROM hours_now k WHERE k.code IS NULL))`,
    ],
    // `(… IN …) IS TRUE` makes PostgreSQL use a hashed subplan; as a plain condition it could become a join.
    holds: `(${matches}${isInHoursBrief(id)}) IS TRUE`,
    ids: `SELECT p.id FROM hours h CROSS JOIN LATERAL (
         SELECT id FROM agents WHERE ${workspace} AND hours_key = h.key OFFSET 0) p
         WHERE (p.id IN (SELECT id FROM differing)) IS NOT TRUE
         UNION ALL SELECT p.id FROM differing d CROSS JOIN LATERAL (
           SELECT id, hours_key FROM agents WHERE ${workspace} AND id = d.id OFFSET 0) p
         WHERE (p.hours_key IN (SELECT key FROM hours)) IS NOT TRUE`,
    kept: `((SELECT coalesce(sum(amount), 0) FROM hours) ${wanted ? "+" : "-"} (SELECT amount FROM hours_shift))`,
  };
}

/**
 * Counts and finds matches in one pass over the agents who may be available. No other filter makes this
 * cheaper.
 */
function byCanTake({ channels, ...question }: NonNullable<AgentFilter["canTake"]>): Condition {
  const verdict = verdictSql(question);
  const holds = canTake(verdict, channels);
  const ids = "SELECT id FROM able";
  const able = `able AS MATERIALIZED (SELECT a.id FROM ${verdict.mayBeOpen} AND ${holds})`;
  const tables = [...verdict.tables, able];
  return { values: valuesIn(tables.join(), verdict.values), tables, holds, ids, count: countOf(ids) };
}

/** Combines the conditions on an agent's state: one index covers most pairs of them. */
function ofState(filter: AgentFilter): Condition[] {
  const { lastStatusActivitySince: since, lastStatusActivityUpto: upto, activities, agentStatuses } = filter;
  const all = (parts: readonly (string | undefined)[]) =>
    parts.filter((part) => part !== undefined).join(" AND ");
  const ids = (...where: (string | undefined)[]) =>
    `SELECT s.agent_id AS id FROM agent_states s WHERE ${all([`s.${workspace}`, ...where])}`;
  const counted = (...where: (string | undefined)[]) => countOf(ids(...where));

  const given = { agentStatuses, since, upto, activities };
  const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const hasStatus = agentStatuses && "s.status = ANY(:agentStatuses::agent_status[])";
  const time = [
    ...(since === undefined ? [] : [`s.last_status_set >= ${instantCast(":since")}`]),
    ...(upto === undefined ? [] : [`s.last_status_set <= ${instantCast(":upto")}`]),
  ];
  if (!activities) {
    if (time.length === 0)
      return hasStatus
        ? [{ values, holds: hasStatus, ids: ids(hasStatus), kept: kept("status", ":agentStatuses") }]
        : [];
    const holds = all([...time, hasStatus]);
    return [{ values, holds, ids: ids(holds), count: counted(holds) }];
  }
  // An expired activity counts as `available`, but the maintained counts use the declared one, so expired
  // rows are subtracted.
  const named = "ANY(:activities::activity[])";
  const over = `s.activity_expires_at <= ${now}`;
  const holds = all([
    ...time,
    hasStatus,
    `CASE WHEN ${over} THEN 'available' ELSE s.activity END = ${named}`,
  ]);
  if (time.length > 0) return [{ values, holds, ids: ids(holds), count: counted(holds) }];
  const declared = `s.activity = ${named}`;
  const available = `'available' = ${named}`;
  const amount = (fromDeclared: string) =>
    `(${fromDeclared} - ${counted(hasStatus, over, declared)} + ${counted(hasStatus, over, available)})`;
  return [
    {
      values,
      holds,
      ids: `${ids(hasStatus, declared, `(s.activity_expires_at IS NULL OR s.activity_expires_at > ${now})`)}
         UNION ALL ${ids(hasStatus, over, available)}`,
      ...(hasStatus
        ? { count: amount(counted(hasStatus, declared)) }
        : { kept: amount(kept("activity", ":activities")) }),
    },
  ];
}

function byRole(roleIds: readonly string[]): Condition {
  const several = roleIds.length > 1;
  const people = `ARRAY(SELECT ${several ? "DISTINCT " : ""}f.user_id
         FROM ${foundBy(":roleIds::uuid[]", "membership_roles", "role_id", "user_id")})`;
  const ids = agentsOf(people);
  return {
    values: { roleIds },
    holds: `EXISTS (SELECT 1 FROM membership_roles mr
       WHERE mr.${workspace} AND mr.role_id = ANY(:roleIds::uuid[]) AND mr.user_id = a.user_id OFFSET 0)`,
    ids,
    people,
    ...(several ? { count: countOf(ids) } : { kept: kept("role", ":roleIds") }),
  };
}

/**
 * Returns the conditions of a filter; all must hold. Subqueries with `OFFSET 0` run once for each agent;
 * without it PostgreSQL would join the whole workspace. `id` is the column with the agent's id in the rows being
 * scanned.
 */
export function conditions(filter: AgentFilter, id: string): Condition[] {
  const { name, email, search = "", teamIds, skillIds, roleIds, hours } = filter;
  return [
    ...(name === undefined ? [] : [byName(name)]),
    ...(email === undefined ? [] : [byEmail(email)]),
    ...bySearch(wordsOf(search)),
    ...(teamIds ? [byTeam(teamIds, id)] : []),
    ...(skillIds ? [bySkill(skillIds, id)] : []),
    ...ofState(filter),
    ...(roleIds ? [byRole(roleIds)] : []),
    ...(hours ? [byHours(hours, id)] : []),
    ...(filter.canTake ? [byCanTake(filter.canTake)] : []),
  ];
}
