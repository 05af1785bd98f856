import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { CompiledCalendar } from "@/lib/hours/calendar/compile";
import { type HoursExplanation as EngineExplanation, explainHours } from "@/lib/hours/calendar/explain";
import { shiftsOn } from "@/lib/hours/calendar/hours";
import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import type { AgentShiftsQuery, HoursExplanation, PlannedShift } from "@/lib/hours/shifts/hours-contract";
import { serializeShift } from "@/lib/hours/shifts/server/wire";
import { shiftDayLimit } from "@/lib/hours/shifts/values";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { optional } from "@/lib/platform/http/wire";
import type { Actor } from "@/lib/platform/security/permissions";
import { DAY_MS, epochDay } from "@/lib/platform/time/calendar";

/** Days before and after a time that the explanation searches, with a margin for long shifts and other zones. */
const EXPLAINED_DAYS = 405;

// A year less than dates have on each side, because shifts may start on other dates.
const FIRST_MS = Date.parse("1971-01-01T00:00:00Z");
const LAST_MS = Date.parse("2198-12-31T23:59:59.999Z");

/** Returns an agent's shifts on dates, and explains the hours at a time. */
export function createHoursService(calendars: Pick<Calendars, "of">) {
  async function calendarOf(
    actor: Actor,
    reference: AgentReference,
    days: { from: number; to: number },
  ): Promise<CompiledCalendar> {
    const agentId = resolveAgent(actor, reference);
    const calendar = (await calendars.of(actor.workspaceId, [agentId], days)).get(agentId);
    if (!calendar) throw agentNotFound();
    return calendar;
  }

  return {
    /** Returns the shifts that start on these local dates. Throws `AgentNotFound` or `InvalidQuery`. */
    async shifts(
      actor: Actor,
      reference: AgentReference,
      query: AgentShiftsQuery,
    ): Promise<{ timezone: string; results: PlannedShift[] }> {
      const days = { from: epochDay(query.from), to: epochDay(query.to) };
      if (days.to < days.from) throw invalid("to", "must not be before from.");
      if (days.to - days.from >= shiftDayLimit)
        throw invalid("to", `must be at most ${shiftDayLimit - 1} days after from.`);
      const calendar = await calendarOf(actor, reference, days);
      return {
        timezone: calendar.hours.data.timezone,
        results: shiftsOn(calendar, days.from, days.to)
          .sort((one, other) => one.start - other.start)
          .map(serializeShift),
      };
    },

    /** Explains whether an agent is in hours at a time (epoch milliseconds). Throws `AgentNotFound` or `InvalidQuery`. */
    async explain(
      actor: Actor,
      reference: AgentReference,
      asked: number | undefined,
      now: Date,
    ): Promise<HoursExplanation> {
      const at = asked ?? now.getTime();
      if (at < FIRST_MS || at > LAST_MS) throw invalid("at", "must be a time of the years 1971 to 2198.");
      const day = Math.floor(at / DAY_MS);
      const days = { from: day - EXPLAINED_DAYS, to: day + EXPLAINED_DAYS };
      return serialize(at, explainHours(await calendarOf(actor, reference, days), at));
    },
  };
}

const invalid = (name: string, message: string) =>
  new ApiError("InvalidQuery", `Some query parameters are not valid. Check ${name}.`, {
    details: { [name]: [message] },
  });

const iso = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString();

function serialize(at: number, explained: EngineExplanation): HoursExplanation {
  return {
    at: new Date(at).toISOString(),
    in: explained.in,
    ...optional("since", iso(explained.since)),
    ...optional("until", iso(explained.until)),
    shifts: explained.shifts.map(serializeShift),
    suppressed: explained.suppressed.map(({ shift, by }) => ({
      shift: serializeShift(shift),
      // Leaves out the type of time off, which can be private.
      by: {
        source: by.source,
        ...optional("id", by.id),
        ...optional("name", by.source === "timeOff" ? undefined : by.name),
      },
    })),
  };
}

export type HoursService = ReturnType<typeof createHoursService>;
