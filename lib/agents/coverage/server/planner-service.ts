import type { AgentService } from "@/lib/agents/agents/server/service";
import type { PlannerQuery, PlannerRow } from "@/lib/agents/coverage/planner-contract";
import { daysOf } from "@/lib/agents/coverage/server/range";
import { plannerDayLimit } from "@/lib/agents/coverage/values";
import type { CompiledCalendar } from "@/lib/hours/calendar/compile";
import { shiftsOn } from "@/lib/hours/calendar/hours";
import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import { serializeShift } from "@/lib/hours/shifts/server/wire";
import type { TimeOff } from "@/lib/hours/time-off/contract";
import type { TimeOffService } from "@/lib/hours/time-off/server/service";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { isoDate } from "@/lib/platform/time/calendar";

interface Dependencies {
  agents: Pick<AgentService, "list">;
  calendars: Pick<Calendars, "of">;
  timeOff: Pick<TimeOffService, "list">;
}

/** The properties of an agent's JSON that the planner uses. */
interface ListedAgent {
  id: AgentId;
  name: string;
  timezone: string;
  teams: PlannerRow["teams"];
}

interface ListedPage {
  results: ListedAgent[];
  nextPageToken?: string;
  total: number;
}

/** Maximum number of time-off entries on a page, enough for the largest page of agents. */
const TIME_OFF_LIMIT = 2_000;

/** Lists agents with their shifts, time off and holidays. */
export function createPlannerService({ agents, calendars, timeOff }: Dependencies) {
  return {
    /** Returns a page of agents in the order of the list. Throws `InvalidQuery` or `InvalidPageToken`. */
    async list(
      actor: Actor,
      { from, to, ...query }: PlannerQuery,
      now: Date,
    ): Promise<{ results: PlannerRow[]; nextPageToken?: string; total: number }> {
      const days = daysOf({ from, to }, plannerDayLimit);
      const { json } = await agents.list(actor, query, now);
      const page: ListedPage = JSON.parse(json);
      const ids = page.results.map(({ id }) => id);
      if (ids.length === 0) return page as ListedPage & { results: [] };
      const [byAgent, absences] = await Promise.all([
        calendars.of(actor.workspaceId, ids, days),
        timeOff.list(actor, {
          from,
          to,
          agentIds: ids,
          states: ["approved", "requested"],
          limit: TIME_OFF_LIMIT,
        }),
      ]);
      const timeOffOf = new Map<string, TimeOff[]>(ids.map((id) => [id, []]));
      for (const absence of absences.results) timeOffOf.get(absence.agentId)?.push(absence);
      return {
        ...page,
        results: page.results.flatMap((agent) => {
          const calendar = byAgent.get(agent.id);
          return calendar ? [rowOf(agent, calendar, timeOffOf.get(agent.id) ?? [], days)] : [];
        }),
      };
    },
  };
}

function rowOf(
  { id, name, timezone, teams: listed }: ListedAgent,
  calendar: CompiledCalendar,
  timeOff: TimeOff[],
  { from, to }: { from: number; to: number },
): PlannerRow {
  const holidays: PlannerRow["holidays"] = [];
  const timezones: Record<string, string> = {};
  for (let day = from; day <= to; day++) {
    const zone = calendar.hours.planner.zoneOn(day);
    if (zone !== timezone) timezones[isoDate(day)] = zone;
    const holiday = calendar.hours.planner.holidayOn(day);
    if (holiday) holidays.push({ date: isoDate(day), name: holiday.name ?? "" });
  }
  const shifts = shiftsOn(calendar, from, to)
    .sort((one, other) => one.start - other.start)
    .map(serializeShift);
  const elsewhere = Object.keys(timezones).length > 0 ? { timezones } : {};
  const teams = listed.map((team) => ({ id: team.id, name: team.name }));
  return { agentId: id, name, timezone, teams, shifts, timeOff, holidays, ...elsewhere };
}

export type PlannerService = ReturnType<typeof createPlannerService>;
