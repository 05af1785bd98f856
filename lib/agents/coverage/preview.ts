import { type StepGrid, stepStart } from "@/lib/agents/coverage/grid";
import { type NeedPeriod, neededPerStep } from "@/lib/agents/coverage/needs";
import { findRisks, type Risk } from "@/lib/agents/coverage/risks";
import {
  cohortsOf,
  everyone,
  isInScope,
  type RosterAgent,
  type Scope,
  scopeKey,
} from "@/lib/agents/coverage/roster";
import { countCoverage } from "@/lib/agents/coverage/rules";
import type { Interval } from "@/lib/platform/time/interval";

/** The numbers of a scope in a stretch. */
export interface PreviewedGroup {
  readonly scope: Scope;
  /** The minimum; undefined without a need for the scope. */
  readonly needed: number | undefined;
  readonly before: number;
  readonly after: number;
}

/** A stretch in which the numbers of some scopes differ by the same amounts. */
export interface PreviewedStretch extends Interval {
  readonly groups: readonly PreviewedGroup[];
}

/** The effect of changes on coverage. */
export interface Preview {
  readonly stretches: readonly PreviewedStretch[];
  readonly added: readonly Risk[];
  readonly removed: readonly Risk[];
}

/**
 * Compares coverage before and after changes. `changed` has the agents as they would be. Returns only steps of the
 * grid and scopes whose numbers differ.
 */
export function previewChanges(
  agents: readonly RosterAgent[],
  changed: ReadonlyMap<string, RosterAgent>,
  periods: readonly NeedPeriod[],
  grid: StepGrid,
): Preview {
  const touched = agents.filter(({ id }) => changed.has(id));
  const after = [...changed.values()];
  const scopes = scopesOf([...touched, ...after], periods);
  const count = (list: readonly RosterAgent[]) =>
    countCoverage(cohortsOf(list), grid, scopes.length, scopeFinder(scopes)).map(
      ({ scheduled }) => scheduled,
    );
  const [before, less, more] = [count(agents), count(touched), count(after)];
  const byGroup = new Map<string, NeedPeriod[]>();
  for (const period of periods) {
    const { teamId, skillId } = period.need;
    const key = scopeKey({ ...everyone, teamId, skillId });
    const own = byGroup.get(key);
    if (own) own.push(period);
    else byGroup.set(key, [period]);
  }
  const needed = scopes.map((scope) => {
    const own = byGroup.get(scopeKey(scope));
    return own && neededPerStep(grid, own);
  });
  const all = agents.map((agent) => changed.get(agent.id) ?? agent);
  const concerned = periods.filter(({ need }) =>
    [...touched, ...after].some((agent) => isInScope(agent, need)),
  );
  const risksBefore = findRisks(cohortsOf(agents), concerned, grid);
  const risksAfter = findRisks(cohortsOf(all), concerned, grid);
  const groupsAt = (step: number): PreviewedGroup[] =>
    scopes.flatMap((scope, index) => {
      const change = (more[index]?.[step] ?? 0) - (less[index]?.[step] ?? 0);
      if (change === 0) return [];
      const old = before[index]?.[step] ?? 0;
      return [{ scope, needed: needed[index]?.[step], before: old, after: old + change }];
    });
  return {
    stretches: stretchesOf(grid, groupsAt),
    added: without(risksAfter, risksBefore),
    removed: without(risksBefore, risksAfter),
  };
}

/** Returns the scopes to count: all agents, and the teams, skills and needed combinations that agents are in. */
function scopesOf(agents: readonly RosterAgent[], periods: readonly NeedPeriod[]): Scope[] {
  const scopes = new Map<string, Scope>([[scopeKey(everyone), everyone]]);
  const add = (scope: Scope) => scopes.set(scopeKey(scope), scope);
  for (const { teamIds, skillIds } of agents) {
    for (const teamId of teamIds) add({ ...everyone, teamId });
    for (const skillId of skillIds) add({ ...everyone, skillId });
  }
  for (const { need } of periods) {
    const scope = { ...everyone, teamId: need.teamId, skillId: need.skillId };
    if (agents.some((agent) => isInScope(agent, scope))) add(scope);
  }
  return [...scopes.values()];
}

function scopeFinder(scopes: readonly Scope[]): (agent: RosterAgent) => number[] {
  return (agent) => scopes.flatMap((scope, index) => (isInScope(agent, scope) ? [index] : []));
}

/** Merges consecutive steps with equal groups. */
function stretchesOf(grid: StepGrid, groupsAt: (step: number) => PreviewedGroup[]): PreviewedStretch[] {
  const stretches: { start: number; end: number; groups: PreviewedGroup[]; key: string }[] = [];
  for (let step = 0; step < grid.count; step++) {
    const groups = groupsAt(step);
    if (groups.length === 0) continue;
    const key = JSON.stringify(groups);
    const start = stepStart(grid, step);
    const end = stepStart(grid, step + 1);
    const last = stretches.at(-1);
    if (last && last.end === start && last.key === key) last.end = end;
    else stretches.push({ start, end, groups, key });
  }
  return stretches.map(({ key: _, ...stretch }) => stretch);
}

function without(risks: readonly Risk[], others: readonly Risk[]): Risk[] {
  const known = new Set(others.map((risk) => JSON.stringify(risk)));
  return risks.filter((risk) => !known.has(JSON.stringify(risk)));
}
