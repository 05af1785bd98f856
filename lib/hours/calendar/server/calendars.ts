import {
  type CompiledCalendar,
  type CompiledHours,
  compileHours,
  withExceptions,
} from "@/lib/hours/calendar/compile";
import type { AgentCalendar, Days } from "@/lib/hours/calendar/data";
import type { AgentRow, CalendarRepository, RecurringRow } from "@/lib/hours/calendar/server/repository";
import {
  exceptionsOf,
  noSharedData,
  recurringHours,
  type SharedData,
  sharedData,
} from "@/lib/hours/calendar/server/rows";
import type { AgentId, WorkspaceId } from "@/lib/platform/ids";

/** Agents' calendars as stored. */
export interface Calendars {
  /**
   * Returns the compiled calendars of agents, with the overrides and approved time off that touch the days. Agents
   * with the same hours share compiled hours. Omits agents that don't exist.
   */
  of(
    workspaceId: WorkspaceId,
    agentIds: readonly AgentId[],
    days: Days,
  ): Promise<Map<AgentId, CompiledCalendar>>;
  /** Returns the same for all agents of the workspace. */
  all(workspaceId: WorkspaceId, days: Days): Promise<Map<AgentId, CompiledCalendar>>;
  /** Returns the same as uncompiled data, to compute the effect of a change. */
  dataOf(
    workspaceId: WorkspaceId,
    agentIds: readonly AgentId[],
    days: Days,
  ): Promise<Map<AgentId, AgentCalendar>>;
  /** Returns the holiday calendars, rotations and shifts of the workspace. */
  shared(workspaceId: WorkspaceId): Promise<SharedData>;
  /** Returns compiled hours at a revision, by variant. Omits hours that no agent has anymore. */
  compiled(workspaceId: WorkspaceId, wanted: readonly WantedHours[], revision: string): Promise<Compiled>;
}

/** Which hours to compile, and an agent who has them. */
export interface WantedHours {
  readonly variant: string;
  readonly shares: boolean;
  readonly agentId: AgentId;
}

/** Maximum number of cached hours; each takes 2 to 20 kB, besides its dates (lib/hours/calendar/compile.ts). */
const MAX_HOURS = 10_000;

/** How many days away a shift or date can be that affects time off: shifts are long, and zones differ. */
export const MARGIN_DAYS = 4;

/** Maximum number of reads of an agent whose hours change between two statements. */
const ATTEMPTS = 3;

export function createCalendars(repository: CalendarRepository): Calendars {
  /** Least recently used first. */
  const kept = new Map<string, CompiledHours>();

  function recall(key: string): CompiledHours | undefined {
    const hours = kept.get(key);
    if (!hours) return undefined;
    kept.delete(key);
    kept.set(key, hours);
    return hours;
  }

  function keep(key: string, hours: CompiledHours): void {
    kept.set(key, hours);
    if (kept.size <= MAX_HOURS) return;
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }

  /** The revision of each workspace whose hours were compiled last. */
  const revisions = new Map<WorkspaceId, string>();

  /** Removes hours that use shared data of other revisions. */
  function forgetOthers(workspaceId: WorkspaceId, revision: string): void {
    if (revisions.get(workspaceId) === revision) return;
    if (revisions.size >= MAX_HOURS) revisions.clear();
    revisions.set(workspaceId, revision);
    for (const key of kept.keys())
      if (key.startsWith(`${workspaceId} `) && !key.startsWith(`${workspaceId} ${revision} `))
        kept.delete(key);
  }

  async function compiled(
    workspaceId: WorkspaceId,
    wanted: readonly WantedHours[],
    revision: string,
  ): Promise<Compiled> {
    const found = new Map<string, CompiledHours>();
    const missing = new Map<string, WantedHours>();
    const keyOf = ({ variant, shares }: Pick<WantedHours, "variant" | "shares">) =>
      shares ? `${workspaceId} ${revision} ${variant}` : variant;
    for (const one of wanted) {
      if (found.has(one.variant) || missing.has(one.variant)) continue;
      const hours = recall(keyOf(one));
      if (hours) found.set(one.variant, hours);
      else missing.set(one.variant, one);
    }
    if (missing.size === 0) return found;
    const needed = [...missing.values()];
    let shared = noSharedData;
    if (needed.some(({ shares }) => shares)) {
      forgetOthers(workspaceId, revision);
      shared = sharedData(await repository.shared(workspaceId));
    }
    const rows: RecurringRow[] = await repository.recurring(
      workspaceId,
      needed.map(({ agentId }) => agentId),
    );
    for (const row of rows) {
      const one = missing.get(row.variant);
      if (!one) continue;
      const hours = compileHours(recurringHours(row, shared));
      keep(keyOf(one), hours);
      found.set(row.variant, hours);
    }
    return found;
  }

  /** Reads agents again whose hours change between the statements. */
  async function calendarsOf(
    workspaceId: WorkspaceId,
    agentIds: readonly AgentId[] | undefined,
    days: Days,
  ): Promise<Map<AgentId, CompiledCalendar>> {
    const calendars = new Map<AgentId, CompiledCalendar>();
    const around = { from: days.from - MARGIN_DAYS, to: days.to + MARGIN_DAYS };
    let asked = agentIds;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // The revision is read first, so rows may be newer than the revision, but never older.
      const revision = await repository.revision(workspaceId);
      const rows = await repository.agents(workspaceId, asked, around);
      const hours = await compiled(workspaceId, rows.map(wantedBy), revision);
      const changed: AgentId[] = [];
      for (const row of rows) {
        const own = hours.get(row.variant);
        if (own) calendars.set(row.id, withExceptions(own, exceptionsOf(row)));
        else changed.push(row.id);
      }
      if (changed.length === 0) break;
      asked = changed;
    }
    return calendars;
  }

  return {
    compiled,
    shared: async (workspaceId) => sharedData(await repository.shared(workspaceId)),
    of: calendarsOf,
    all: (workspaceId, days) => calendarsOf(workspaceId, undefined, days),
    async dataOf(workspaceId, agentIds, days) {
      const calendars = await calendarsOf(workspaceId, agentIds, days);
      return new Map(
        [...calendars].map(([id, { hours, exceptions }]) => [id, { ...hours.data, ...exceptions }]),
      );
    },
  };
}

/** Compiled hours by variant. */
export type Compiled = ReadonlyMap<string, CompiledHours>;

export function wantedBy({ variant, shares, id }: AgentRow): WantedHours {
  return { variant, shares, agentId: id };
}
