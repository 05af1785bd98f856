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
import type { Channel, Code } from "@/lib/availability/effective/values";
import type { Statement, Values } from "@/lib/platform/database/bind";
import type { Opening, RequiredSkill } from "@/lib/routing/matching/rules";

/** The agents eligible for a conversation, and from which entry of its queue on. */
export interface Choice {
  /** Teams with the entry at which they join. Null: all agents from entry 0 on. */
  teams: readonly { id: string; entry: number }[] | null;
  skills: readonly RequiredSkill[];
  /** The entry from which skills are dropped; null if never. */
  dropsAt: number | null;
}

/** Agents who first match a choice at the same entry and have the same first codes on all channels. */
export interface ChoiceGroup {
  /** Index in the list of choices. */
  choice: number;
  entry: number;
  /** In the order of the requested channels; null if open. */
  codes: (Code | null)[];
  agents: number;
}

/**
 * An agent who can currently take the conversation, with the data that the matcher's order depends on. Times
 * are epoch milliseconds.
 */
export interface OpenAgent {
  id: string;
  open: number;
  offered: number;
  capacity: number | null;
  lastAssignedAt: number | null;
  /** Those that the choice includes. */
  teamIds: string[];
  skillIds: string[];
  /** Values of the skills that the choice requires; ids are unique across skills. */
  valueIds: string[];
  /** When the queue last assigned this agent a conversation. */
  turnAt: number | null;
  /** Null: the queue has no ramp, or the matcher has not seen the agent available. */
  opening: Opening | null;
}

/** The single row that the statement returns. */
export interface ChoicesRow {
  groups: ChoiceGroup[];
  /** Empty unless requested. */
  open: OpenAgent[];
}

/**
 * Requests the agents who can take a conversation of the first choice, on the first channel, by this entry.
 */
export interface OpenWanted {
  queueId: string;
  entry: number;
  hasRamp: boolean;
}

const isAboutAll = ({ teams, skills, dropsAt }: Choice) =>
  teams === null && (skills.length === 0 || dropsAt !== null);

/** Members of the choices' teams, with the entry at which the first of these teams joins. */
const inTeams = `in_teams AS MATERIALIZED (
      SELECT t.choice, m.agent_id, min(t.entry) AS entry
      FROM unnest(:teamChoices::int[], :teamIds::uuid[], :teamEntries::int[]) AS t(choice, team_id, entry)
      CROSS JOIN LATERAL (SELECT agent_id FROM team_members
        WHERE workspace_id = :workspaceId::uuid AND team_id = t.team_id OFFSET 0) m
      GROUP BY t.choice, m.agent_id)`;

/** Agents with all skills of a choice. */
const skilled = `skilled AS MATERIALIZED (
      SELECT w.choice, h.agent_id
      FROM unnest(:skillChoices::int[], :skillIds::uuid[], :skillValues::text[]) AS w(choice, skill_id, value_ids)
      CROSS JOIN LATERAL (
        SELECT k.agent_id FROM agent_skills k
        WHERE k.workspace_id = :workspaceId::uuid AND k.skill_id = w.skill_id AND w.value_ids = '{}'
        UNION
        SELECT v.agent_id FROM agent_skill_values v
        WHERE v.workspace_id = :workspaceId::uuid AND v.skill_id = w.skill_id
          AND v.value_id = ANY(w.value_ids::uuid[])) h
      GROUP BY w.choice, h.agent_id HAVING count(*) = (:needed::int[])[w.choice + 1])`;

/** Agents of each choice, with the entry from which they match. */
const matchingFrom = (all: string) => `matching AS MATERIALIZED (
      SELECT m.choice, m.agent_id, m.entry FROM (
        SELECT coalesce(b.choice, k.choice) AS choice, coalesce(b.agent_id, k.agent_id) AS agent_id,
          CASE WHEN b.agent_id IS NULL THEN CASE WHEN (:anyTeam::boolean[])[k.choice + 1] THEN 0 END
            WHEN k.agent_id IS NOT NULL OR (:needed::int[])[b.choice + 1] = 0 THEN b.entry
            WHEN (:dropsAt::int[])[b.choice + 1] >= b.entry THEN (:dropsAt::int[])[b.choice + 1]
            WHEN (:dropsAt::int[])[b.choice + 1] < b.entry THEN b.entry END AS entry
        FROM (SELECT * FROM in_teams${all}) b
        FULL JOIN skilled k ON k.choice = b.choice AND k.agent_id = b.agent_id) m
      WHERE m.entry IS NOT NULL)`;

const time = (expression: string) => `(extract(epoch FROM ${expression}) * 1000)::bigint`;

const ofAgent = (alias: string) =>
  `${alias}.workspace_id = :workspaceId::uuid AND ${alias}.agent_id = s.agent_id`;

const unlessNone = (ids: string, list: string) =>
  `CASE WHEN cardinality(:${ids}::uuid[]) > 0 THEN ${list} ELSE '{}' END`;

const openAgents = (channel: Channel, { offered }: VerdictSql, { hasRamp }: OpenWanted) => `coalesce((
        SELECT json_agg(json_build_object('id', s.agent_id, 'open', ${openOn(channel)}, 'offered', ${offered(channel)},
          'capacity', ${capacityOf(channel)}, 'lastAssignedAt', ${time("s.last_assigned_at")},
          'teamIds', ${unlessNone(
            "teamIds",
            `ARRAY(SELECT m.team_id FROM team_members m
            WHERE ${ofAgent("m")} AND m.team_id = ANY(:teamIds::uuid[]))`,
          )},
          'skillIds', ARRAY(SELECT k.skill_id FROM agent_skills k WHERE ${ofAgent("k")}),
          'valueIds', ${unlessNone(
            "skillIds",
            `ARRAY(SELECT v.value_id FROM agent_skill_values v
            WHERE ${ofAgent("v")} AND v.skill_id = ANY(:skillIds::uuid[]))`,
          )},
          'turnAt', (SELECT ${time("t.at")} FROM queue_turns t WHERE ${ofAgent("t")} AND t.queue_id = :queueId::uuid),
          'opening', ${
            hasRamp
              ? `(SELECT json_build_object('openedAt', ${time("p.opened_at")}, 'seats', p.seats)
            FROM agent_openings p WHERE ${ofAgent("p")} AND p.seats >= 0)`
              : "NULL"
          }))
        FROM judged s FULL JOIN (SELECT agent_id FROM matching WHERE choice = 0 AND entry <= :entry::int) m
          ON m.agent_id = s.agent_id
        WHERE num_nonnulls(m.agent_id, s.agent_id) = 2 AND s.${channel} IS NULL), '[]')`;

/**
 * Returns the statement that counts the agents of each choice by entry and first codes. Evaluates each agent
 * once, and only matching agents unless a choice includes all. PostgreSQL never plans full joins as nested
 * loops.
 */
export function choicesStatement(
  workspaceId: string,
  question: Question,
  channels: readonly [Channel, ...Channel[]],
  choices: readonly Choice[],
  wanted?: OpenWanted,
): Statement<ChoicesRow> {
  const verdict = verdictSql(question);
  const all = choices.flatMap((choice, nth) => (isAboutAll(choice) ? [nth] : []));
  const judge = (agents: string) => `judged AS MATERIALIZED (
      SELECT s.agent_id, s.messaging_count, s.email_count, s.voice_count, s.capacity_rule_id, s.last_assigned_at,
        ${channels.map((channel) => `${verdict.firstCode(channel)} AS ${channel}`).join(",\n        ")}
      FROM ${agents})`;
  const everybody =
    " UNION ALL SELECT c.choice, j.agent_id, 0 FROM unnest(:all::int[]) AS c(choice) CROSS JOIN judged j";
  const judgedCodes = channels.map((channel) => `j.${channel}`).join(", ");
  const tables = [
    ...verdict.tables,
    inTeams,
    skilled,
    ...(all.length > 0
      ? [judge(allAgents), matchingFrom(everybody)]
      : [matchingFrom(""), judge(agentsAmong("SELECT DISTINCT agent_id FROM matching"))]),
    `grouped AS (
      SELECT m.choice, m.entry, json_build_array(${judgedCodes}) AS codes, count(*) AS agents
      FROM matching m FULL JOIN judged j ON j.agent_id = m.agent_id
      WHERE num_nonnulls(m.agent_id, j.agent_id) = 2 GROUP BY m.choice, m.entry, ${judgedCodes})`,
  ];
  const text = `WITH ${tables.join(",\n    ")}
    SELECT coalesce((SELECT json_agg(g) FROM grouped g), '[]') AS groups,
      ${wanted ? openAgents(channels[0], verdict, wanted) : "'[]'::json"} AS open`;
  return {
    text,
    params: valuesIn(text, { workspaceId, ...verdict.values, ...valuesOf(choices), all, ...wanted }),
  };
}

function valuesOf(choices: readonly Choice[]): Values {
  const teams = choices.flatMap((choice, nth) => (choice.teams ?? []).map((team) => ({ ...team, nth })));
  const skills = choices.flatMap((choice, nth) => choice.skills.map((skill) => ({ ...skill, nth })));
  return {
    teamChoices: teams.map(({ nth }) => nth),
    teamIds: teams.map(({ id }) => id),
    teamEntries: teams.map(({ entry }) => entry),
    skillChoices: skills.map(({ nth }) => nth),
    skillIds: skills.map(({ skillId }) => skillId),
    skillValues: skills.map(({ valueIds }) => `{${valueIds.join(",")}}`),
    needed: choices.map((choice) => choice.skills.length),
    dropsAt: choices.map(({ dropsAt }) => dropsAt),
    anyTeam: choices.map((choice) => choice.teams === null),
  };
}
