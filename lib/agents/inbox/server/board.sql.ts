import { type SubjectFilter, subjects } from "@/lib/agents/inbox/server/subjects.sql";
import {
  capacityOf,
  openOn,
  type Question,
  valuesIn,
  verdictSql,
} from "@/lib/availability/effective/server/verdict.sql";
import { type Channel, type Code, channels } from "@/lib/availability/effective/values";
import type { Statement } from "@/lib/platform/database/bind";

/** Agents whose channels have the same first codes. */
export interface BoardGroup {
  agents: number;
  /** In the order of `channels`; null for an open one. */
  codes: (Code | null)[];
  /** The sum over these agents in the order of `channels`; null if one of them is unlimited. */
  room: (number | null)[];
}

/** How many agents a team or skill has, and on how many each channel is open, in the order of `channels`. */
export interface BoardPart {
  id: string;
  name: string;
  agents: number;
  open: number[];
}

/** The single row that the statement returns. */
export interface BoardRow {
  groups: BoardGroup[];
  teams: BoardPart[];
  skills: BoardPart[];
}

const each = (make: (channel: Channel) => string) => channels.map(make).join(", ");

/** NULL if unlimited, which `greatest` would ignore. */
function roomOn(channel: Channel): string {
  const room = `${capacityOf(channel)} - ${openOn(channel)}`;
  return `CASE WHEN ${room} < 0 THEN 0 ELSE ${room} END`;
}

/** The sum of what the agents can still take; NULL if one of them is unlimited. */
const room = (channel: Channel) =>
  `CASE WHEN bool_or(${channel} IS NULL AND ${channel}_room IS NULL) THEN NULL
        ELSE coalesce(sum(${channel}_room), 0) END`;

/** Agents and open channels by what they belong to. A full join is never planned as a nested loop. */
const parts = (name: string, table: string, of: string, names: string) => `${name} AS (
      SELECT h.${of} AS id, count(*) AS agents,
        json_build_array(${each((channel) => `count(*) FILTER (WHERE j.${channel} IS NULL)`)}) AS open
      FROM judged j FULL JOIN (SELECT ${of}, agent_id FROM ${table} WHERE workspace_id = :workspaceId::uuid) h
        ON h.agent_id = j.id
      WHERE num_nonnulls(j.id, h.agent_id) = 2 GROUP BY h.${of}),
    named_${name} AS (SELECT json_agg(json_build_object('id', p.id, 'name', n.name, 'agents', p.agents,
        'open', p.open) ORDER BY n.name, p.id) AS list
      FROM ${name} p JOIN ${names} n ON n.workspace_id = :workspaceId::uuid AND n.id = p.id)`;

/** What the capacity and the load depend on. */
const read = "s.messaging_count, s.email_count, s.capacity_rule_id";

/** Returns the statement for the board: it judges each matching agent once. */
export function boardStatement(
  workspaceId: string,
  question: Question,
  filter: SubjectFilter,
): Statement<BoardRow> {
  const verdict = verdictSql(question);
  const tables = [
    ...verdict.tables,
    `judged AS MATERIALIZED (
      SELECT s.id, ${each((channel) => `s.${channel}`)},
        ${each((channel) => `CASE WHEN s.${channel} IS NULL THEN ${roomOn(channel)} END AS ${channel}_room`)}
      FROM (SELECT a.id, ${read}, ${each((channel) => `${verdict.firstCode(channel)} AS ${channel}`)}
        FROM ${subjects(filter)} OFFSET 0) s)`,
    `grouped AS (SELECT count(*) AS agents, json_build_array(${each((channel) => channel)}) AS codes,
        json_build_array(${each(room)}) AS room
      FROM judged GROUP BY ${each((channel) => channel)})`,
    parts("in_teams", "team_members", "team_id", "teams"),
    parts("with_skills", "agent_skills", "skill_id", "skills"),
  ];
  const text = `WITH ${tables.join(",\n    ")}
    SELECT coalesce((SELECT json_agg(g) FROM grouped g), '[]') AS groups,
      coalesce((SELECT list FROM named_in_teams), '[]') AS teams,
      coalesce((SELECT list FROM named_with_skills), '[]') AS skills`;
  return { text, params: valuesIn(text, { workspaceId, ...verdict.values, ...filter }) };
}
