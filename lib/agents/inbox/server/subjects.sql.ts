import { agentsAmong, allAgents } from "@/lib/availability/effective/server/verdict.sql";

/** Which agents a question is about; all filters must match. */
export interface SubjectFilter {
  /** Any of these. */
  teamIds?: readonly string[] | undefined;
  /** All of these. */
  skillIds?: readonly string[] | undefined;
  /** All of these. */
  skillValueIds?: readonly string[] | undefined;
  agentIds?: readonly string[] | undefined;
}

/** For each filter, the distinct ids of its matches. */
const idsBy: { [name in keyof SubjectFilter]-?: string } = {
  teamIds: `SELECT DISTINCT m.agent_id FROM team_members m
      WHERE m.workspace_id = :workspaceId::uuid AND m.team_id = ANY(:teamIds::uuid[])`,
  skillIds: `SELECT k.agent_id FROM agent_skills k
      WHERE k.workspace_id = :workspaceId::uuid AND k.skill_id = ANY(:skillIds::uuid[])
      GROUP BY k.agent_id HAVING count(*) = cardinality(:skillIds::uuid[])`,
  skillValueIds: `SELECT v.agent_id FROM skill_values w JOIN agent_skill_values v
        ON v.workspace_id = w.workspace_id AND v.skill_id = w.skill_id AND v.value_id = w.id
      WHERE w.workspace_id = :workspaceId::uuid AND w.id = ANY(:skillValueIds::uuid[])
      GROUP BY v.agent_id HAVING count(DISTINCT v.value_id) = cardinality(:skillValueIds::uuid[])`,
  agentIds: "SELECT DISTINCT unnest(:agentIds::uuid[])",
};

/** Returns a query of the distinct ids of the matches; undefined without a filter. */
export function subjectIds(filter: SubjectFilter): string | undefined {
  const given = (Object.keys(idsBy) as (keyof SubjectFilter)[]).filter((name) => filter[name] !== undefined);
  return given.length === 0 ? undefined : given.map((name) => `(${idsBy[name]})`).join(" INTERSECT ");
}

/** Returns a FROM clause with the matching agents as `a` and `s`. */
export function subjects(filter: SubjectFilter): string {
  const ids = subjectIds(filter);
  return ids === undefined ? allAgents : agentsAmong(ids);
}
