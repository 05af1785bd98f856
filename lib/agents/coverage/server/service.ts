import type {
  Coverage,
  CoverageQuery,
  CoverageRisks,
  CoverageRisksQuery,
} from "@/lib/agents/coverage/contract";
import { findScheduleMistakes } from "@/lib/agents/coverage/findings";
import { stepGrid } from "@/lib/agents/coverage/grid";
import { type Need, neededPerStep, needPeriods } from "@/lib/agents/coverage/needs";
import type { ScheduleFinding } from "@/lib/agents/coverage/planner-contract";
import { findRisks } from "@/lib/agents/coverage/risks";
import { cohortsOf, type RosterAgent } from "@/lib/agents/coverage/roster";
import { countCoverage } from "@/lib/agents/coverage/rules";
import { daysOf } from "@/lib/agents/coverage/server/range";
import type { CoverageRepository, Memberships } from "@/lib/agents/coverage/server/repository";
import type { Rosters } from "@/lib/agents/coverage/server/roster";
import { iso, serializeRisk } from "@/lib/agents/coverage/server/serializer";
import { coverageDayLimit, type findingKinds, riskDayLimit } from "@/lib/agents/coverage/values";
import { optional } from "@/lib/platform/http/wire";
import type { Actor } from "@/lib/platform/security/permissions";
import { DAY_MS, isoDate } from "@/lib/platform/time/calendar";

interface Dependencies {
  repository: CoverageRepository;
  rosters: Rosters;
}

type Filters = Pick<CoverageQuery, "teamIds" | "skillIds">;

/** A group in a response. `undefined` in a scope: several are selected, so no need applies. */
interface Group {
  id?: string;
  name: string;
  teamId: string | null | undefined;
  skillId: string | null | undefined;
}

/** Days ahead that findings search, with a margin for zones ahead of UTC. */
const FINDING_DAYS = 62;

/** Computes how many agents are scheduled and needed. */
export function createCoverageService({ repository, rosters }: Dependencies) {
  return {
    /** Counts agents in each step. Throws `InvalidQuery`. */
    async coverage(actor: Actor, query: CoverageQuery): Promise<Coverage> {
      const { workspaceId } = actor;
      const days = daysOf(query, coverageDayLimit);
      const [roster, needs] = await Promise.all([rosters(workspaceId, days), repository.needs(workspaceId)]);
      const { timezone } = roster;
      const grid = stepGrid(timezone, days.from, days.to, query.step);
      const groups = groupsOf(roster, query);
      const counts = countCoverage(
        cohortsOf(roster.agents.filter(matching(query))),
        grid,
        groups.length,
        groupFinder(groups, query.groupBy),
      );
      return {
        from: iso(grid.start),
        to: iso(grid.end),
        step: query.step,
        timezone,
        groups: groups.map((group, index) => {
          const own = needs.filter(isFor(group));
          const needed =
            own.length > 0 ? neededPerStep(grid, needPeriods(own, timezone, days.from, days.to)) : undefined;
          const { scheduled = [], off = [] } = counts[index] ?? {};
          return {
            ...optional("id", group.id),
            name: group.name,
            scheduled,
            ...optional("needed", needed),
            off,
          };
        }),
      };
    },

    /** Lists stretches with too few agents. Throws `InvalidQuery`. */
    async risks(actor: Actor, query: CoverageRisksQuery): Promise<CoverageRisks> {
      const { workspaceId } = actor;
      const days = daysOf(query, riskDayLimit);
      const [roster, needs] = await Promise.all([rosters(workspaceId, days), repository.needs(workspaceId)]);
      const { timezone, agents } = roster;
      const { teamIds, skillIds } = query;
      const wanted = needs.filter(
        ({ teamId, skillId }) =>
          (!teamIds || (teamId !== null && has(teamIds, teamId))) &&
          (!skillIds || (skillId !== null && has(skillIds, skillId))),
      );
      const periods = needPeriods(wanted, timezone, days.from, days.to);
      const risks = findRisks(cohortsOf(agents), periods, stepGrid(timezone, days.from, days.to, 60));
      return { timezone, results: risks.map(serializeRisk) };
    },

    /** Lists probable mistakes in schedules, at most 500. */
    async findings(
      actor: Actor,
      { kinds }: { kinds?: readonly (typeof findingKinds)[number][] | undefined },
      now: Date,
    ): Promise<{ results: ScheduleFinding[] }> {
      const { workspaceId } = actor;
      const today = Math.floor(now.getTime() / DAY_MS);
      const [roster, needs, endedRotations] = await Promise.all([
        rosters(workspaceId, { from: today, to: today + FINDING_DAYS }),
        repository.needs(workspaceId),
        repository.endedRotations(workspaceId, today),
      ]);
      const found = findScheduleMistakes({ ...roster, needs, endedRotations }, now.getTime(), kinds);
      return {
        results: found.map(({ day, ...finding }) => ({ ...finding, ...optional("date", dateText(day)) })),
      };
    },
  };
}

const dateText = (day: number | undefined) => (day === undefined ? undefined : isoDate(day));

/** Compares ids of different brands. */
const has = (ids: readonly string[], id: string) => ids.includes(id);

const matching =
  ({ teamIds, skillIds }: Filters) =>
  (agent: RosterAgent) =>
    (!teamIds || agent.teamIds.some((id) => has(teamIds, id))) &&
    (!skillIds || agent.skillIds.some((id) => has(skillIds, id)));

function groupsOf(
  { name, teams, skills }: Memberships,
  { groupBy, teamIds, skillIds }: CoverageQuery,
): Group[] {
  const teamId = only(teamIds);
  const skillId = only(skillIds);
  const wanted = (ids: readonly string[] | undefined) => (group: { id: string }) =>
    !ids || has(ids, group.id);
  if (groupBy === "team")
    return teams
      .filter(wanted(teamIds))
      .map((team) => ({ id: team.id, name: team.name, teamId: team.id, skillId }));
  if (groupBy === "skill")
    return skills
      .filter(wanted(skillIds))
      .map((skill) => ({ id: skill.id, name: skill.name, teamId, skillId: skill.id }));
  return [{ name, teamId, skillId }];
}

/** Returns the scope of a filter: null for any, the id of one, undefined for several. */
function only(ids: readonly string[] | undefined): string | null | undefined {
  if (!ids) return null;
  return ids.length === 1 ? ids[0] : undefined;
}

const isFor = (group: Group) => (need: Need) =>
  need.teamId === group.teamId && need.skillId === group.skillId;

function groupFinder(groups: readonly Group[], groupBy: CoverageQuery["groupBy"]) {
  if (groupBy === "none") return () => all;
  const places = new Map(groups.map(({ id }, index) => [id, index]));
  return ({ teamIds, skillIds }: RosterAgent) =>
    (groupBy === "team" ? teamIds : skillIds).flatMap((id) => places.get(id) ?? []);
}

const all = [0];

export type CoverageService = ReturnType<typeof createCoverageService>;
