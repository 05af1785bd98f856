import type { AgentCalendar, DayPlan, Span, TimeOff } from "@/lib/hours/calendar/data";
import { firstShown, type Walk, walk } from "./slow-clock";

/*
 * A second implementation of the calendar for tests, minute by minute: no code or data of lib/hours or
 * lib/platform/time, no attention to speed. Dates are milliseconds of their midnight in UTC.
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;

/** How many days before and after the asked times can matter. */
const MARGIN = 6 * DAY;

interface SlowShift {
  date: number;
  span: Span;
  source: string;
  start: number;
  end: number;
}

interface SlowPlan {
  plan: DayPlan;
  source: string;
  /** What a holiday or override replaced. */
  instead?: { plan: DayPlan; source: string };
  name?: string;
}

export interface SlowCalendar {
  /** The length of one step in which nothing can change. */
  step: number;
  inHours: (instant: number) => boolean;
  code: (instant: number) => "outOfHours" | "holiday" | null;
  /** The shifts in progress and those removed, as "2026-11-29 540-1020 weekly by timeOff". */
  shifts: (instant: number) => string[];
  suppressed: (instant: number) => string[];
}

/** Prepares answers about times in [from, to]. */
export function slowCalendar(calendar: AgentCalendar, from: number, to: number): SlowCalendar {
  const walks = new Map<string, Walk>();
  const shownDates = new Map<string, Set<number>>();
  const clockOf = (zone: string) => {
    const known = walks.get(zone);
    if (known) return known;
    const made = walk(zone, from - MARGIN - 2 * DAY, to + MARGIN + 3 * DAY);
    walks.set(zone, made);
    const dates = new Set<number>();
    for (let index = 0; index < made.walls.length; index += 15) dates.add(midnight(made.walls[index] ?? 0));
    shownDates.set(zone, dates);
    return made;
  };
  const shows = (zone: string, date: number) => {
    clockOf(zone);
    return shownDates.get(zone)?.has(date) ?? false;
  };
  const dates: number[] = [];
  for (let date = midnight(from - MARGIN); date <= to + MARGIN; date += DAY) dates.push(date);

  function shiftsOf(date: number, plan: DayPlan, source: string): SlowShift[] {
    const zone = zoneOf(calendar, date);
    if (!shows(zone, date)) return [];
    const found: SlowShift[] = [];
    for (const span of plan) {
      const start = firstShown(clockOf(zone), date + span.from * MINUTE);
      let end = firstShown(clockOf(zone), date + (span.to > span.from ? 0 : DAY) + span.to * MINUTE);
      if (start === null || end === null || start >= end) continue;
      const next = zoneOf(calendar, date + DAY);
      if (source === "always" && next !== zone && shows(next, date + DAY))
        end = Math.max(end, firstShown(clockOf(next), date + DAY) ?? end);
      found.push({ date, span, source, start, end });
    }
    return found;
  }

  const planned: SlowShift[] = [];
  const removed: (SlowShift & { by: string })[] = [];
  for (const date of dates) {
    const { plan, source, instead } = planOf(calendar, date);
    planned.push(...shiftsOf(date, plan, source));
    if (instead)
      for (const shift of shiftsOf(date, instead.plan, instead.source))
        removed.push({ ...shift, by: source });
  }

  const first = dates[0] ?? 0;
  const last = dates.at(-1) ?? 0;

  /** The first and last moment of time off, infinite where that is out of sight. */
  function rangeOf(timeOff: TimeOff): [number, number] {
    const [startDate, endDate] = [timeOff.startDay * DAY, timeOff.endDay * DAY];
    if (endDate < first || startDate > last) return [0, 0];
    if (timeOff.startMinute !== null || timeOff.endMinute !== null) {
      const start =
        startDate < first ? Number.NEGATIVE_INFINITY : moment(startDate, timeOff.startMinute ?? 0);
      const lastMinute = timeOff.endMinute === null ? 1440 : timeOff.endMinute;
      const end = endDate > last ? Number.POSITIVE_INFINITY : moment(endDate, lastMinute);
      return [start, end];
    }
    let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const date of dates) {
      const zone = zoneOf(calendar, date);
      if (date < startDate || date > endDate || !shows(zone, date)) continue;
      start = Math.min(start, firstShown(clockOf(zone), date) ?? start);
      end = Math.max(end, firstShown(clockOf(zone), date + DAY) ?? end);
      for (const shift of planned) if (shift.date === date) end = Math.max(end, shift.end);
    }
    let delayed = start;
    for (const shift of planned)
      if (shift.date < startDate && shift.start < start && shift.end > start)
        delayed = Math.max(delayed, shift.end);
    if (startDate < first) delayed = Number.NEGATIVE_INFINITY;
    if (endDate > last) end = Number.POSITIVE_INFINITY;
    return [delayed, end];
  }

  function moment(date: number, minute: number): number {
    const zone = zoneOf(calendar, date);
    const asked = shows(zone, date) ? date + minute * MINUTE : date + DAY;
    return firstShown(clockOf(zone), asked) ?? Number.NaN;
  }

  const ranges = calendar.timeOff.map(rangeOf);
  const isOff = (now: number) => ranges.some(([start, end]) => start <= now && now < end);
  const running = (now: number) => planned.filter(({ start, end }) => start <= now && now < end);
  const missing = (now: number) => removed.filter(({ start, end }) => start <= now && now < end);

  function dateAt(now: number): number {
    let begun = Number.NEGATIVE_INFINITY;
    for (const date of dates) {
      const { begin, step, walls } = clockOf(zoneOf(calendar, date));
      const shown = midnight(walls[Math.floor((now - begin) / step)] ?? Number.NaN);
      if (shown === date) return date;
      if (shown > date) begun = date;
    }
    return begun;
  }

  for (const date of dates) clockOf(zoneOf(calendar, date));
  return {
    step: Math.min(...[...walks.values()].map(({ step }) => step)),
    inHours: (now) => running(now).length > 0 && !isOff(now),
    code(now) {
      if (running(now).length > 0) return null;
      if (missing(now).some(({ by }) => by === "holiday")) return "holiday";
      return planOf(calendar, dateAt(now)).source === "holiday" ? "holiday" : "outOfHours";
    },
    shifts: (now) => (isOff(now) ? [] : running(now).map(nameOf)),
    suppressed: (now) => [
      ...missing(now).map((shift) => `${nameOf(shift)} by ${shift.by}`),
      ...(isOff(now) ? running(now).map((shift) => `${nameOf(shift)} by timeOff`) : []),
    ],
  };
}

function nameOf({ date, span, source }: SlowShift): string {
  return `${new Date(date).toISOString().slice(0, 10)} ${span.from}-${span.to} ${source}`;
}

function midnight(wall: number): number {
  return Math.floor(wall / DAY) * DAY;
}

/** The column of a date in a week that starts on Monday. */
function column(date: number): number {
  const sundayFirst = new Date(date).getUTCDay();
  return sundayFirst === 0 ? 6 : sundayFirst - 1;
}

function rotationOf({ rotations }: AgentCalendar, date: number) {
  for (const rotation of rotations) {
    if (date < rotation.startDay * DAY) continue;
    if (rotation.from !== null && date < rotation.from * DAY) continue;
    if (rotation.until !== null && date > rotation.until * DAY) continue;
    return rotation;
  }
  return undefined;
}

function zoneOf(calendar: AgentCalendar, date: number): string {
  const rotation = rotationOf(calendar, date);
  if (rotation && rotation.timezone !== null) return rotation.timezone;
  for (const { timezone, from, to } of calendar.travel)
    if (from * DAY <= date && date <= to * DAY) return timezone;
  return calendar.timezone;
}

function baseOf(calendar: AgentCalendar, date: number): { plan: DayPlan; source: string; works: boolean } {
  const rotation = rotationOf(calendar, date);
  if (rotation) {
    let weeks: readonly (readonly (string | null)[])[] = [];
    for (const version of rotation.versions)
      if (version.from === null || version.from * DAY <= date) weeks = version.weeks;
    const startDate = rotation.startDay * DAY;
    let week = rotation.offset;
    for (let monday = startDate - column(startDate) * DAY; monday + WEEK <= date; monday += WEEK) week += 1;
    const id = weeks[week % weeks.length]?.[column(date)];
    const shift = calendar.shifts.find((one) => one.id === id);
    return { plan: shift?.spans ?? [], source: "rotation", works: shift?.worksOnHolidays ?? false };
  }
  if (calendar.versions === null) return { plan: [{ from: 0, to: 0 }], source: "always", works: false };
  let plan: DayPlan = [];
  for (const { from, week } of calendar.versions)
    if (from === null || from * DAY <= date) plan = week[column(date)] ?? [];
  return { plan, source: "weekly", works: false };
}

function planOf(calendar: AgentCalendar, date: number): SlowPlan {
  const base = baseOf(calendar, date);
  const override = calendar.overrides.find(({ day }) => day * DAY === date);
  if (override) return { plan: override.spans, source: "override", instead: base };
  const utc = new Date(date);
  const isHoliday =
    calendar.holidays.some(({ month, day }) => month === utc.getUTCMonth() + 1 && day === utc.getUTCDate()) ||
    calendar.calendars.some(({ days }) => days.some(({ day }) => day * DAY === date));
  if (isHoliday && !base.works) return { plan: [], source: "holiday", instead: base };
  return base;
}
