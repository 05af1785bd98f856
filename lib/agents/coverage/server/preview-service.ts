import { agentNotFound } from "@/lib/access/auth/server/agent-reference";
import type {
  CoveragePreview,
  CoveragePreviewDraft,
  PlannedChange,
  TimeOffPreviewDraft,
} from "@/lib/agents/coverage/changes-contract";
import { stepGrid } from "@/lib/agents/coverage/grid";
import { needPeriods } from "@/lib/agents/coverage/needs";
import { firstDayOf, fromToday, type PlannedAgent, withChange } from "@/lib/agents/coverage/planned-changes";
import { type PreviewedGroup, previewChanges } from "@/lib/agents/coverage/preview";
import type { RosterAgent } from "@/lib/agents/coverage/roster";
import { daysOf } from "@/lib/agents/coverage/server/range";
import { type ChangeReferences, unknownAgentsOf } from "@/lib/agents/coverage/server/references";
import type { CoverageRepository, Memberships } from "@/lib/agents/coverage/server/repository";
import type { Rosters } from "@/lib/agents/coverage/server/roster";
import { iso, serializeRisk } from "@/lib/agents/coverage/server/serializer";
import { plannerDayLimit, riskDayLimit } from "@/lib/agents/coverage/values";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import { noSharedData } from "@/lib/hours/calendar/server/rows";
import { ApiError, isApiError } from "@/lib/platform/http/errors";
import { optional } from "@/lib/platform/http/wire";
import type { Actor } from "@/lib/platform/security/permissions";
import { DAY_MS, epochDay, isoDate } from "@/lib/platform/time/calendar";
import { wallClockAt } from "@/lib/platform/time/wall-clock";

interface Dependencies {
  repository: CoverageRepository;
  rosters: Rosters;
  calendars: Pick<Calendars, "shared">;
  references: ChangeReferences;
}

const STEP_MINUTES = 15;

/** Computes the effect of changes on coverage without applying them. */
export function createPreviewService({ repository, rosters, calendars, references }: Dependencies) {
  async function preview(
    actor: Actor,
    changes: readonly PlannedChange[],
    asked: { from?: string | undefined; to?: string | undefined },
    now: Date,
  ): Promise<CoveragePreview> {
    const { workspaceId } = actor;
    await references.require(workspaceId, changes);
    const memberships = await repository.memberships(workspaceId);
    const { timezone } = memberships;
    const today = Math.floor(wallClockAt(timezone, now.getTime()) / DAY_MS);
    const days = range(changes, asked, today);
    const needsRotations = changes.some(({ type }) => type === "rotation");
    const [roster, needs, shared] = await Promise.all([
      rosters(workspaceId, days, memberships),
      repository.needs(workspaceId),
      needsRotations ? calendars.shared(workspaceId) : noSharedData,
    ]);
    const dated = changes.map((change) => fromToday(change, today));
    const changed = changedAgents(roster.agents, dated, shared);
    const grid = stepGrid(timezone, days.from, days.to, STEP_MINUTES);
    const periods = needPeriods(needs, timezone, days.from, days.to);
    const { stretches, added, removed } = previewChanges(roster.agents, changed, periods, grid);
    const serialize = groupSerializer(memberships);
    return {
      timezone,
      stretches: stretches.map(({ start, end, groups }) => ({
        start: iso(start),
        end: iso(end),
        groups: groups.map(serialize),
      })),
      risks: { added: added.map(serializeRisk), removed: removed.map(serializeRisk) },
    };
  }

  return {
    /** Throws `InvalidCoverageChange` or `AgentNotFound`. */
    preview: (actor: Actor, { changes, ...range }: CoveragePreviewDraft, now: Date) =>
      preview(actor, changes, range, now),

    /** Throws `Forbidden` or `AgentNotFound`. */
    async previewTimeOff(
      actor: Actor,
      { agentId = actor.agentId, ...times }: TimeOffPreviewDraft,
      now: Date,
    ): Promise<CoveragePreview> {
      if (agentId === undefined) throw agentNotFound();
      if (agentId !== actor.agentId && !actor.permissions.has("timeOff.write"))
        throw new ApiError(
          "Forbidden",
          "A preview for other agents needs the permission timeOff.write. Leave out agentId for your own.",
        );
      const from = epochDay(times.startDate);
      // For agents east of the workspace, the time off starts on the workspace's date before.
      const asked = {
        from: isoDate(from - 1),
        to: isoDate(Math.min(epochDay(times.endDate) + 2, from - 2 + riskDayLimit)),
      };
      return await preview(actor, [{ type: "timeOff", agentId, ...times }], asked, now).catch(
        (error: unknown) => {
          // Its details name a change, which this request doesn't have.
          throw isApiError(error) && error.code === "AgentNotFound" ? agentNotFound() : error;
        },
      );
    },
  };
}

function range(
  changes: readonly PlannedChange[],
  { from, to }: { from?: string | undefined; to?: string | undefined },
  today: number,
): { from: number; to: number } {
  const named = changes.flatMap((change) => firstDayOf(change) ?? []);
  const first = from === undefined ? (named.length > 0 ? Math.min(...named) : today) : epochDay(from);
  const last = to ?? isoDate(first + plannerDayLimit - 1);
  return daysOf({ from: isoDate(first), to: last }, riskDayLimit, "InvalidCoverageChange");
}

/** Returns the changed agents as they would be. Throws `AgentNotFound`. */
function changedAgents(
  agents: readonly RosterAgent[],
  changes: readonly PlannedChange[],
  referred: Parameters<typeof withChange>[2],
): Map<string, RosterAgent> {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  if (changes.some(({ agentId }) => !byId.has(agentId))) throw unknownAgentsOf(changes, new Set(byId.keys()));
  const planned = new Map<string, PlannedAgent>();
  for (const change of changes) {
    const agent = byId.get(change.agentId);
    if (!agent) continue;
    const { hours, exceptions } = agent.calendar;
    const before = planned.get(change.agentId) ?? {
      ...agent,
      calendar: { ...hours.data, ...exceptions },
    };
    planned.set(change.agentId, withChange(before, change, referred));
  }
  return new Map(
    [...planned].flatMap(([id, { calendar, teamIds, skillIds }]) => {
      const agent = byId.get(id);
      return agent ? [[id, { ...agent, teamIds, skillIds, calendar: compileCalendar(calendar) }]] : [];
    }),
  );
}

function groupSerializer({ name, teams, skills }: Memberships) {
  const names = new Map<string, string>([...teams, ...skills].map((group) => [group.id, group.name]));
  return ({ scope: { teamId, skillId }, needed, before, after }: PreviewedGroup) => {
    const numbers = (scheduled: number) => ({
      scheduled,
      missing: Math.max(0, (needed ?? 0) - scheduled),
    });
    return {
      ...optional("teamId", teamId),
      ...optional("skillId", skillId),
      name: [teamId, skillId].flatMap((id) => (id === null ? [] : (names.get(id) ?? []))).join(" · ") || name,
      ...optional("needed", needed),
      before: numbers(before),
      after: numbers(after),
    };
  };
}

export type PreviewService = ReturnType<typeof createPreviewService>;
