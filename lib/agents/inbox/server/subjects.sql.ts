import { agentsAmong, type VerdictSql } from "@/lib/availability/effective/server/verdict.sql";

/** The agents that a question is about; all filters must match. */
export interface SubjectFilter {
  /** In any of these teams. */
  teamIds?: readonly string[] | undefined;
  /** In any of these teams: the teams of a queue. */
  queueTeamIds?: readonly string[] | undefined;
  /** In all of these teams. */
  skillIds?: readonly string[] | undefined;
  /** With all of these skills. */
  skillValueIds?: readonly string[] | undefined;
  agentIds?: readonly string[] | undefined;
}

const membersOf = (teams: string) => `SELECT DISTINCT m.agent_id FROM team_members m
      WHERE m.workspace_id = :workspaceId::uuid AND m.team_id = ANY(:${teams}::uuid[])`;

/** A query per filter for the distinct ids of its matches. */
const idsBy: { [name in keyof SubjectFilter]-?: string } = {
  teamIds: membersOf("teamIds"),
  queueTeamIds: membersOf("queueTeamIds"),
  skillIds: `SELECT k.agent_id FROM agent_skills k
      WHERE k.workspace_id = :workspaceId::uuid AND k.skill_id = ANY(:skillIds::uuid[])
      GROUP BY k.agent_id HAVING count(*) = cardinality(:skillIds::uuid[])`,
  skillValueIds: `SELECT v.agent_id FROM skill_values w JOIN agent_skill_values v
        ON v.workspace_id = w.workspace_id AND v.skill_id = w.skill_id AND v.value_id = w.id
      WHERE w.workspace_id = :workspaceId::uuid AND w.id = ANY(:skillValueIds::uuid[])
      GROUP BY v.agent_id HAVING count(DISTINCT v.value_id) = cardinality(:skillValueIds::uuid[])`,
  agentIds: "SELECT DISTINCT unnest(:agentIds::uuid[])",
};

/** Returns a query of the distinct ids of all matches; undefined without a filter. */
export function subjectIds(filter: SubjectFilter): string | undefined {
  const given = (Object.keys(idsBy) as (keyof SubjectFilter)[]).filter((name) => filter[name] !== undefined);
  return given.length === 0 ? undefined : given.map((name) => `(${idsBy[name]})`).join(" INTERSECT ");
}

interface Subjects {
  /** A FROM clause, with WHERE if needed, that provides the agents as `a` and `s`. */
  from: string;
  /** A query of `code` and `agents` that counts the matches not in `from`. */
  leftOut?: string;
}

/** Returns how to read the matching agents. */
export function subjects(filter: SubjectFilter, { mayBeOpen, leftOut }: VerdictSql): Subjects {
  const ids = subjectIds(filter);
  return ids === undefined ? { from: mayBeOpen, leftOut } : { from: agentsAmong(ids) };
}
