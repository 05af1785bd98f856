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
import { type StoredSchedule, shiftsOn } from "./rules";

/** What a change of the clocks does to one shift. */
export interface ShiftEffect {
  /** The local day the shift starts on, counted from 1970-01-01. */
  readonly day: number;
  /**
   * `shorter` and `longer` than on the clock; `moved`: as long as ever, but at other times, since those meant don't exist
   * that day; `dropped`: nothing of it is left.
   */
  readonly kind: "shorter" | "longer" | "moved" | "dropped";
  /** The hours of the schedule, in minutes of the day. */
  readonly from: number;
  readonly to: number;
  /** How long the shift is by the clock, and how long it really is, in minutes. */
  readonly usualMinutes: number;
  readonly minutes: number;
  /** What the clock shows at its real start and end, in minutes of the day. */
  readonly actualFrom: number;
  readonly actualTo: number;
}

/** A change of the clocks and the shifts that it touches. */
export interface ClockChangeEffects extends ClockChange {
  readonly shifts: readonly ShiftEffect[];
}

/**
 * The changes of the zone's clocks within `days` days of an instant (epoch milliseconds) that touch a shift, with what
 * becomes of it. Without a schedule nothing is touched: around the clock is around the clock.
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
  // No shift is longer than a day, so only those of the day and the day before reach the change; a change at
  // midnight belongs to the day before it by the old clock and to the day after by the new one.
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
