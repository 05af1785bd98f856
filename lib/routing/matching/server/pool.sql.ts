import {
  agentsAmong,
  allAgents,
  capacityOf,
  openOn,
  type Question,
  type VerdictSql,
  valuesIn,
  verdictSql,
} from "@/lib/availability/effective/server/verdict.sql";
import { type Channel, type Code, channels } from "@/lib/availability/effective/values";
import type { Statement } from "@/lib/platform/database/bind";
import type { PoolAgent, SeatsByChannel } from "@/lib/routing/matching/pool";
import type { Opening } from "@/lib/routing/matching/rules";

type PerChannel<Name extends string, Value> = { [channel in Channel as `${Name}_${channel}`]: Value };

/** The columns about an agent's seats that the matcher reads. */
export type SeatsRow = { id: string; openedAt: number | null; seats: number | null } & PerChannel<
  "code",
  Code | null
> &
  PerChannel<"open", number> &
  PerChannel<"offered", number> &
  PerChannel<"capacity", number | null>;

export type PoolRow = SeatsRow & {
  lastAssignedAt: number | null;
  /** Team ids, separated by commas. */
  teams: string | null;
  /** `skill:value|value`, separated by commas. */
  skills: string | null;
  turns: { [queueId: string]: number } | null;
};

export const epoch = (column: string) => `(extract(epoch FROM ${column}) * 1000)::double precision`;
export const instant = (name: string) => `to_timestamp(:${name}::double precision / 1000)`;

const seatColumns = ({ firstCode, offered }: VerdictSql) =>
  channels
    .map(
      (channel) => `${firstCode(channel)} AS code_${channel}, ${openOn(channel)} AS open_${channel},
        ${offered(channel)} AS offered_${channel}, ${capacityOf(channel)} AS capacity_${channel}`,
    )
    .join(",\n        ");

const opening = `LEFT JOIN agent_openings g ON g.workspace_id = :workspaceId::uuid AND g.agent_id = j.id`;
const openingColumns = `${epoch("g.opened_at")} AS "openedAt", g.seats`;

/**
 * Returns the statement for all agents, or those of `agentIds`, who are open on one of the channels. Lists are texts:
 * parsing arrays of 10,000 agents takes longer than reading them.
 */
export function poolStatement(
  workspaceId: string,
  question: Question,
  wanted: readonly Channel[],
  agentIds?: readonly string[],
): Statement<PoolRow> {
  const verdict = verdictSql(question);
  const agents = agentIds ? agentsAmong("SELECT unnest(:agentIds::uuid[])") : allAgents;
  const among = (column: string) => (agentIds ? ` AND ${column} = ANY(:agentIds::uuid[])` : "");
  const tables = [
    ...verdict.tables,
    `judged AS MATERIALIZED (
      SELECT a.id, s.last_assigned_at, ${seatColumns(verdict)} FROM ${agents})`,
    `chosen AS MATERIALIZED (
      SELECT * FROM judged WHERE ${wanted.map((channel) => `code_${channel} IS NULL`).join(" OR ")})`,
    `teams_of AS (
      SELECT agent_id, string_agg(team_id::text, ',') AS teams FROM team_members
      WHERE workspace_id = :workspaceId::uuid${among("agent_id")} GROUP BY agent_id)`,
    `values_of AS (
      SELECT agent_id, skill_id, string_agg(value_id::text, '|') AS ids FROM agent_skill_values
      WHERE workspace_id = :workspaceId::uuid${among("agent_id")} GROUP BY agent_id, skill_id)`,
    `skills_of AS (
      SELECT k.agent_id, string_agg(k.skill_id::text || ':' || coalesce(v.ids, ''), ',') AS skills
      FROM agent_skills k LEFT JOIN values_of v ON v.agent_id = k.agent_id AND v.skill_id = k.skill_id
      WHERE k.workspace_id = :workspaceId::uuid${among("k.agent_id")} GROUP BY k.agent_id)`,
    `turns_of AS (
      SELECT t.agent_id, json_object_agg(t.queue_id, ${epoch("t.at")}) AS turns
      FROM queue_turns t JOIN routing_queues q ON q.workspace_id = t.workspace_id AND q.id = t.queue_id
      WHERE t.workspace_id = :workspaceId::uuid${among("t.agent_id")} AND q.strategy = 'roundRobin'
      GROUP BY t.agent_id)`,
  ];
  const text = `WITH ${tables.join(",\n    ")}
    SELECT j.*, ${epoch("j.last_assigned_at")} AS "lastAssignedAt", t.teams, k.skills, n.turns, ${openingColumns}
    FROM chosen j LEFT JOIN teams_of t ON t.agent_id = j.id LEFT JOIN skills_of k ON k.agent_id = j.id
    LEFT JOIN turns_of n ON n.agent_id = j.id ${opening}`;
  return { text, params: valuesIn(text, { workspaceId, agentIds: agentIds ?? [], ...verdict.values }) };
}

/** Returns the statement for the seats of the agents `:agentIds`. */
export function seatsStatement(
  workspaceId: string,
  question: Question,
  agentIds: readonly string[],
): Statement<SeatsRow> {
  const verdict = verdictSql(question);
  const tables = [
    ...verdict.tables,
    `judged AS MATERIALIZED (
      SELECT a.id, ${seatColumns(verdict)} FROM ${agentsAmong("SELECT unnest(:agentIds::uuid[])")})`,
  ];
  const text = `WITH ${tables.join(",\n    ")} SELECT j.*, ${openingColumns} FROM judged j ${opening}`;
  return { text, params: valuesIn(text, { workspaceId, agentIds, ...verdict.values }) };
}

export function seatsOf(row: SeatsRow): SeatsByChannel {
  const of = (channel: Channel) =>
    row[`code_${channel}`] === null
      ? {
          open: row[`open_${channel}`],
          offered: row[`offered_${channel}`],
          capacity: row[`capacity_${channel}`],
        }
      : null;
  return { messaging: of("messaging"), email: of("email"), voice: of("voice") };
}

/** Null if it is unknown when the agent became available. */
export function openingOf({ openedAt, seats }: Pick<SeatsRow, "openedAt" | "seats">): Opening | null {
  return openedAt === null || seats === null || seats < 0 ? null : { openedAt, seats };
}

export function poolAgentOf(row: PoolRow): PoolAgent {
  const skills = new Map<string, readonly string[]>();
  for (const one of row.skills?.split(",") ?? []) {
    const [id = "", values = ""] = one.split(":");
    skills.set(id, values === "" ? [] : values.split("|"));
  }
  return {
    id: row.id,
    teamIds: row.teams?.split(",") ?? [],
    skills,
    seats: seatsOf(row),
    lastAssignedAt: row.lastAssignedAt,
    turns: new Map(row.turns ? Object.entries(row.turns) : []),
    opening: openingOf(row),
  };
}
