import {
  DAY_MS,
  MINUTE_MS,
  type MonthDay,
  monthDayOf,
  weekdayIndex,
  weekdays,
} from "@/lib/platform/time/calendar";
import { type ClockChange, clockChanges } from "@/lib/platform/time/clock-changes";
import { wallClockAt } from "@/lib/platform/time/wall-clock";
import { shiftsOn } from "./rules";
import type { StoredSchedule } from "./stored";

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
 * without a schedule: such agents work around the clock.
 */
export function clockChangeEffects(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  fromMs: number,
  days: number,
): ClockChangeEffects[] {
  if (!schedule) return [];
  return clockChanges(timezone, fromMs, days)
    .map((change) => ({ ...change, shifts: effectsOf(change, schedule, holidays, timezone) }))
    .filter(({ shifts }) => shifts.length > 0);
}

function effectsOf(
  change: ClockChange,
  schedule: StoredSchedule,
  holidays: readonly MonthDay[],
  timezone: string,
): ShiftEffect[] {
  const effects: ShiftEffect[] = [];
  // A shift lasts at most a day, so only those of this day and the one before can span the change. A change
  // at midnight also belongs to the day after.
  for (let day = change.day - 1; day <= change.day + 1; day++) {
    const weekday = weekdays[weekdayIndex(day)];
    const hours = weekday && schedule[weekday];
    if (!hours || isHoliday(day, holidays)) continue;
    const { from, to } = hours;
    const usualMinutes = to > from ? to - from : to - from + 24 * 60;
    const [shift] = shiftsOn(schedule, holidays, timezone, day, day);
    const nominalStart = day * DAY_MS + from * MINUTE_MS;
    const nominalEnd = nominalStart + usualMinutes * MINUTE_MS;
    const shared = { day, from, to, usualMinutes };
    if (!shift) {
      effects.push({ ...shared, kind: "dropped", minutes: 0, actualFrom: from, actualTo: to });
      continue;
    }
    const wallStart = wallClockAt(timezone, shift.start);
    const wallEnd = wallClockAt(timezone, shift.end);
    const minutes = (shift.end - shift.start) / MINUTE_MS;
    const kind =
      minutes < usualMinutes
        ? "shorter"
        : minutes > usualMinutes
          ? "longer"
          : wallStart !== nominalStart || wallEnd !== nominalEnd
            ? "moved"
            : null;
    if (kind)
      effects.push({
        ...shared,
        kind,
        minutes,
        actualFrom: minuteOfDay(wallStart),
        actualTo: minuteOfDay(wallEnd),
      });
  }
  return effects;
}

function isHoliday(day: number, holidays: readonly MonthDay[]): boolean {
  const date = monthDayOf(day);
  return holidays.some((holiday) => holiday.month === date.month && holiday.day === date.day);
}

function minuteOfDay(wallMs: number): number {
  return Math.floor((wallMs - Math.floor(wallMs / DAY_MS) * DAY_MS) / MINUTE_MS);
}
