import type { Interval } from "@/lib/platform/time/interval";
import { zoneClock } from "@/lib/platform/time/wall-clock";
import type { AgentCalendar, CalendarExceptions, DateOverride, DayPlan, RecurringHours, Span } from "./data";
import { type Because, createPlanner, type Planner, type ReasonedPlan } from "./plan";
import { resolveTimeOff, type TimeOffPeriod } from "./time-off";

/** A shift as planned, before time off: when it starts and ends (epoch milliseconds), and why. */
export interface PlannedShift extends Interval {
  /** The local epoch day on which it starts. */
  readonly day: number;
  readonly span: Span;
  readonly because: Because;
}

/** Everything about one date, before time off. */
export interface CalendarDay extends ReasonedPlan {
  readonly zone: string;
  /** In the order of the plan. Omits shifts that a clock change skips entirely. */
  readonly shifts: readonly PlannedShift[];
  /** What an override or holiday replaced. */
  readonly replaced: ReasonedPlan | undefined;
}

/** Recurring hours whose computed dates are cached. */
export interface CompiledHours {
  readonly data: RecurringHours;
  readonly planner: Planner;
  readonly dayOn: (day: number) => CalendarDay;
  /** Whether dates may have different zones. */
  readonly changesZone: boolean;
}

/** An agent's calendar, compiled for repeated lookups. */
export interface CompiledCalendar {
  readonly hours: CompiledHours;
  readonly exceptions: CalendarExceptions;
  readonly dayOn: (day: number) => CalendarDay;
  /** The date's spans, ignoring holidays. Cheaper than `dayOn`. */
  readonly spansOn: (day: number) => DayPlan;
  /** Returns approved time off, ascending. */
  readonly timeOff: () => readonly TimeOffPeriod[];
}

/** Maximum number of cached dates of all hours together, because clients choose the dates; each takes 40 bytes to 1 kB. */
const MAX_DAYS = 250_000;

/** The cached dates by hours. */
let cache = new WeakMap<Planner, Map<number, CalendarDay>>();
let cachedDays = 0;

function cachedDay(planner: Planner, day: number): CalendarDay {
  const known = cache.get(planner)?.get(day);
  if (known) return known;
  if (cachedDays >= MAX_DAYS) {
    cache = new WeakMap();
    cachedDays = 0;
  }
  const found = recurringDay(planner, day);
  const days = cache.get(planner) ?? new Map<number, CalendarDay>();
  cache.set(planner, days.set(day, found));
  cachedDays++;
  return found;
}

/** Compiles hours that several agents share. Each date is computed once for all of them. */
export function compileHours(data: RecurringHours): CompiledHours {
  const planner = createPlanner(data);
  return {
    data,
    planner,
    changesZone: data.travel.length > 0 || data.rotations.some(({ timezone }) => timezone !== null),
    dayOn: (day) => cachedDay(planner, day),
  };
}

/** Adds an agent's own overrides and time off to shared hours. */
export function withExceptions(hours: CompiledHours, exceptions: CalendarExceptions): CompiledCalendar {
  const { overrides, timeOff } = exceptions;
  const days = overrides.length === 0 ? plainDays(hours) : overriddenDays(hours, overrides);
  if (timeOff.length === 0)
    return { hours, exceptions, dayOn: days.dayOn, spansOn: days.spansOn, timeOff: noTimeOff };
  let periods: readonly TimeOffPeriod[] | undefined;
  return {
    hours,
    exceptions,
    dayOn: days.dayOn,
    spansOn: days.spansOn,
    timeOff() {
      periods ??= resolveTimeOff(days, timeOff);
      return periods;
    },
  };
}

const noTimeOff = () => [];

type Days = Pick<CompiledCalendar, "dayOn" | "spansOn">;

function plainDays({ dayOn, planner }: CompiledHours): Days {
  return { dayOn, spansOn: planner.spansOn };
}

function overriddenDays({ dayOn, planner }: CompiledHours, overrides: readonly DateOverride[]): Days {
  const byDay = new Map(overrides.map((override) => [override.day, override]));
  const known = new Map<number, CalendarDay>();
  return {
    dayOn(day) {
      const override = byDay.get(day);
      if (!override) return dayOn(day);
      const found = known.get(day) ?? overriddenDay(planner, override);
      known.set(day, found);
      return found;
    },
    spansOn: (day) => byDay.get(day)?.spans ?? planner.spansOn(day),
  };
}

/** Compiles an agent's calendar. */
export function compileCalendar(data: AgentCalendar): CompiledCalendar {
  return withExceptions(compileHours(data), data);
}

/** Returns a date's plan, the zone in which to read it, and why. Time off is not part of a plan. */
export function planOn(
  calendar: CompiledCalendar,
  day: number,
): Pick<CalendarDay, "plan" | "zone" | "because"> {
  const { plan, zone, because } = calendar.dayOn(day);
  return { plan, zone, because };
}

/** Returns the shifts that an override or holiday removed from a date. */
export function replacedShifts({ hours, dayOn }: CompiledCalendar, day: number): readonly PlannedShift[] {
  const { replaced } = dayOn(day);
  return replaced ? resolve(hours.planner, day, replaced) : noShifts;
}

function recurringDay(planner: Planner, day: number): CalendarDay {
  const base = planner.baseOn(day);
  const holiday = planner.holidayOn(day);
  if (!holiday || planner.worksOnHolidays(day)) return calendarDay(planner, day, base, undefined);
  return calendarDay(planner, day, { plan: dayOff, because: holiday }, base);
}

const dayOff: DayPlan = [];

function overriddenDay(planner: Planner, { day, spans, note }: DateOverride): CalendarDay {
  const chosen: ReasonedPlan = { plan: spans, because: { source: "override", name: note } };
  return calendarDay(planner, day, chosen, planner.baseOn(day));
}

function calendarDay(
  planner: Planner,
  day: number,
  chosen: ReasonedPlan,
  replaced: ReasonedPlan | undefined,
): CalendarDay {
  const { plan, because } = chosen;
  return { plan, because, zone: planner.zoneOn(day), shifts: resolve(planner, day, chosen), replaced };
}

const noShifts: readonly PlannedShift[] = [];

function resolve(planner: Planner, day: number, { plan, because }: ReasonedPlan): readonly PlannedShift[] {
  if (plan.length === 0) return noShifts;
  const zone = planner.zoneOn(day);
  const clock = zoneClock(zone);
  const shifts: PlannedShift[] = [];
  for (const span of plan) {
    const found = clock.span(day, span.from, span.to);
    if (!found) continue;
    const { start } = found;
    const end =
      because.source === "always" ? Math.max(found.end, nextDateStart(planner, day, zone)) : found.end;
    shifts.push({ day, span, start, end, because });
  }
  return shifts;
}

/**
 * Returns when the next date starts if its zone is another one. Without it, an agent who always works would have
 * no hours between the last date in the east and the first one in the west.
 */
function nextDateStart(planner: Planner, day: number, zone: string): number {
  const next = planner.zoneOn(day + 1);
  if (next === zone) return Number.NEGATIVE_INFINITY;
  return zoneClock(next).span(day + 1, 0, 0)?.start ?? Number.NEGATIVE_INFINITY;
}
