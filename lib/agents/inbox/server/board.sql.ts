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

/** A group of agents with the same first code on each channel. */
export interface BoardGroup {
  agents: number;
  /** In the order of `channels`; null if the channel is open. */
  codes: (Code | null)[];
  /** The remaining capacity of these agents, in the order of `channels`; null if one of them is unlimited. */
  room: (number | null)[];
}

/**
 * The number of agents in a team or with a skill, and of those available on each channel, in the order of
 * `channels`.
 */
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

const isOpen = (channel: Channel, judged = "j") =>
  `${judged}.codes[${channels.indexOf(channel) + 1}] IS NULL`;

/** The total remaining capacity; NULL if one agent is unlimited. */
const room = (channel: Channel) =>
  `CASE WHEN count(*) = count(j.${channel}) THEN sum(greatest(j.${channel}, 0)) END`;

/** The groups to count by: teams or skills. */
interface Belonging {
  /** The table of names, and its alias `n`. */
  names: string;
  table: string;
  of: string;
  /** The maintained number of agents in group `n`. */
  size: string;
}

const belongings: Record<"teams" | "skills", Belonging> = {
  teams: {
    names: "teams",
    table: "team_members",
    of: "team_id",
    size: "n.active_member_count + n.pending_member_count",
  },
  skills: {
    names: "skills",
    table: "agent_skills",
    of: "skill_id",
    size: `(SELECT sum(c.amount) FROM agent_counts c
          WHERE c.workspace_id = :workspaceId::uuid AND c.facet = 'skill' AND c.value = n.id::text)`,
  },
};

/** The table of memberships to count. */
function parts({ names, table, of, size }: Belonging, isFiltered: boolean): string {
  return `SELECT json_agg(json_build_object('id', n.id, 'name', n.name, 'agents', n.agents,
        'open', coalesce(n.open, '${JSON.stringify(channels.map(() => 0))}')) ORDER BY n.name, n.id)
      FROM (SELECT n.id, n.name, p.open, ${isFiltered ? "p.agents" : size} AS agents
        FROM (SELECT * FROM ${names} WHERE workspace_id = :workspaceId::uuid) n
        FULL JOIN (
          SELECT h.${of} AS id, count(*) AS agents,
            json_build_array(${each((channel) => `count(*) FILTER (WHERE o.${channel})`)}) AS open
          FROM counted o FULL JOIN (SELECT ${of}, agent_id FROM ${table}
            WHERE workspace_id = :workspaceId::uuid AND agent_id = ANY(ARRAY(SELECT id FROM counted))
            ORDER BY agent_id OFFSET 0) h
            ON h.agent_id = o.id
          GROUP BY h.${of}) p ON p.id = n.id
        OFFSET 0) n
      WHERE n.agents > 0 AND n.id IS NOT NULL`;
}

/** The columns that capacity and load depend on. */
const read = `s.agent_id, ${each(openOn)}, s.capacity_rule_id`;

/** Returns the statement for the board. It evaluates each matching agent once. */
export function boardStatement(
  workspaceId: string,
  question: Question,
  filter: SubjectFilter,
): Statement<BoardRow> {
  const verdict = verdictSql(question);
  const { from, leftOut } = subjects(filter, verdict);
  const isFiltered = leftOut === undefined;
  const tables = [
    ...verdict.tables,
    `judged AS MATERIALIZED (
      SELECT s.agent_id AS id, s.codes, ${each(
        (channel) => `CASE WHEN ${isOpen(channel, "s")} THEN
          ${capacityOf(channel)} - ${openOn(channel)} - ${verdict.offered(channel)} ELSE 0 END AS ${channel}`,
      )}
      FROM (SELECT ${read}, ${verdict.firstCodes} AS codes FROM ${from} OFFSET 0) s)`,
    `grouped AS (SELECT count(*) AS agents, array_to_json(j.codes) AS codes, json_build_array(${each(room)}) AS room
      FROM judged j GROUP BY j.codes
      ${leftOut ? `UNION ALL SELECT l.agents, json_build_array(${each(() => "l.code")}), '[]' FROM (${leftOut}) l` : ""})`,
    `counted AS MATERIALIZED (SELECT j.id, ${each((channel) => `${isOpen(channel)} AS ${channel}`)} FROM judged j
      ${isFiltered ? "" : `WHERE ${channels.map((channel) => isOpen(channel)).join(" OR ")}`})`,
  ];
  const part = (of: Belonging) => `coalesce((${parts(of, isFiltered)}), '[]')`;
  const text = `WITH ${tables.join(",\n    ")}
    SELECT coalesce((SELECT json_agg(g) FROM grouped g), '[]') AS groups,
      ${part(belongings.teams)} AS teams, ${part(belongings.skills)} AS skills`;
  return { text, params: valuesIn(text, { workspaceId, ...verdict.values, ...filter }) };
}
