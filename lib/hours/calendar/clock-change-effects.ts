import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";
import { type ClockChange, clockChanges } from "@/lib/platform/time/clock-changes";
import { wallClockAt } from "@/lib/platform/time/wall-clock";
import type { CompiledCalendar } from "./compile";

/** The effect of a clock change on one shift. */
export interface ShiftEffect {
  /** Local day on which the shift starts, as days since 1970-01-01. */
  readonly day: number;
  /**
   * `moved`: same length at other times, because the scheduled ones don't exist that day. `dropped`: no time
   * is left.
   */
  readonly kind: "shorter" | "longer" | "moved" | "dropped";
  /** Scheduled hours, in minutes of the day. */
  readonly from: number;
  readonly to: number;
  /** Scheduled and actual length, in minutes. */
  readonly usualMinutes: number;
  readonly minutes: number;
  /** Wall-clock times of the actual start and end, in minutes of the day. */
  readonly actualFrom: number;
  readonly actualTo: number;
}

/** A clock change and the shifts that it affects. */
export interface ClockChangeEffects extends ClockChange {
  readonly shifts: readonly ShiftEffect[];
}

/**
 * Returns the clock changes within `days` days of a time (epoch milliseconds) that affect a shift. Empty
 * for agents who always work.
 */
export function clockChangeEffects(
  calendar: CompiledCalendar,
  fromMs: number,
  days: number,
): ClockChangeEffects[] {
  const { timezone, versions } = calendar.hours.data;
  if (!versions) return [];
  return clockChanges(timezone, fromMs, days)
    .map((change) => ({ ...change, shifts: effectsAround(calendar, change.day) }))
    .filter(({ shifts }) => shifts.length > 0);
}

/**
 * Returns the affected shifts around the local day of a clock change. A shift lasts at most a day, so only those
 * of this day and the one before can span it. A change at midnight also belongs to the day after.
 */
function effectsAround(calendar: CompiledCalendar, day: number): ShiftEffect[] {
  return [day - 1, day, day + 1].flatMap((each) => effectsOn(calendar, each));
}

/** Returns the shifts of a local day that clock changes affect. */
export function effectsOn(calendar: CompiledCalendar, day: number): ShiftEffect[] {
  const { plan, zone, shifts, because } = calendar.dayOn(day);
  if (because.source === "always") return [];
  return plan.flatMap((span): ShiftEffect[] => {
    const { from, to } = span;
    const usualMinutes = to > from ? to - from : to - from + 24 * 60;
    const shared = { day, from, to, usualMinutes };
    const shift = shifts.find((each) => each.span === span);
    if (!shift) return [{ ...shared, kind: "dropped", minutes: 0, actualFrom: from, actualTo: to }];
    const nominalStart = day * DAY_MS + from * MINUTE_MS;
    const wallStart = wallClockAt(zone, shift.start);
    const wallEnd = wallClockAt(zone, shift.end);
    const minutes = (shift.end - shift.start) / MINUTE_MS;
    const isMoved = wallStart !== nominalStart || wallEnd !== nominalStart + usualMinutes * MINUTE_MS;
    const kind = minutes < usualMinutes ? "shorter" : minutes > usualMinutes ? "longer" : isMoved && "moved";
    if (!kind) return [];
    return [{ ...shared, kind, minutes, actualFrom: minuteOfDay(wallStart), actualTo: minuteOfDay(wallEnd) }];
  });
}

function minuteOfDay(wallMs: number): number {
  return Math.floor((wallMs - Math.floor(wallMs / DAY_MS) * DAY_MS) / MINUTE_MS);
}
