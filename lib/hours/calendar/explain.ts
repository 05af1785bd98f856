import { DAY_MS } from "@/lib/platform/time/calendar";
import type { Interval } from "@/lib/platform/time/interval";
import { type CompiledCalendar, replacedShifts } from "./compile";
import { hoursBetween, runningShifts, type Shift, shiftOf } from "./hours";
import { nextChange } from "./next-change";
import { LOOK_MS } from "./off-hours";
import type { Because } from "./plan";
import { firstDayToReach, lastDayToStartBy } from "./window";

/** What removed a shift: a holiday or override of its date, or time off. */
export type RemovedBy =
  | (Because & { readonly source: "holiday" | "override"; readonly day: number })
  | { readonly source: "timeOff"; readonly id: string; readonly reason?: string | undefined };

/** Why an agent is in hours or not. Times are epoch milliseconds. */
export interface HoursExplanation {
  readonly in: boolean;
  /** When this began; undefined if more than 400 days ago. */
  readonly since: number | undefined;
  /** When this ends; undefined if not within 400 days. */
  readonly until: number | undefined;
  /** The shifts that are in progress, as planned. */
  readonly shifts: readonly Shift[];
  /** The shifts that would be in progress, and what removed each. */
  readonly suppressed: readonly { readonly shift: Shift; readonly by: RemovedBy }[];
}

/** Returns whether an agent is in hours at a time (epoch milliseconds), since when, until when, and why. */
export function explainHours(calendar: CompiledCalendar, at: number): HoursExplanation {
  const running = runningShifts(calendar, at);
  const timeOff = calendar.timeOff().find((period) => covers(period, at));
  const isIn = running.length > 0 && !timeOff;
  const byTimeOff = timeOff && { source: "timeOff" as const, id: timeOff.id, reason: timeOff.timeOff.reason };
  return {
    in: isIn,
    since: since(calendar, at, isIn),
    until: nextChange(calendar, at, at + LOOK_MS) ?? undefined,
    shifts: timeOff ? [] : running.map(shiftOf),
    suppressed: [
      ...replacedAt(calendar, at),
      ...(byTimeOff ? running.map((shift) => ({ shift: shiftOf(shift), by: byTimeOff })) : []),
    ],
  };
}

/** Returns the shifts that would be in progress if their dates had no override or holiday. */
function replacedAt(calendar: CompiledCalendar, at: number): HoursExplanation["suppressed"] {
  const found: { shift: Shift; by: RemovedBy }[] = [];
  const last = lastDayToStartBy(at);
  for (let day = firstDayToReach(calendar.hours, at); day <= last; day++) {
    const by = removedBy(calendar, day);
    if (!by) continue;
    for (const shift of replacedShifts(calendar, day))
      if (covers(shift, at)) found.push({ shift: shiftOf(shift), by });
  }
  return found;
}

function removedBy({ dayOn }: CompiledCalendar, day: number): RemovedBy | undefined {
  const { because } = dayOn(day);
  const { source } = because;
  return source === "holiday" || source === "override" ? { ...because, source, day } : undefined;
}

function since(calendar: CompiledCalendar, at: number, isIn: boolean): number | undefined {
  for (let span = 4 * DAY_MS; ; span = Math.min(4 * span, LOOK_MS)) {
    const last = hoursBetween(calendar, at - span, at + 1).at(-1);
    const began = isIn ? last?.start : last?.end;
    if (began !== undefined && began > at - span) return began;
    if (span === LOOK_MS) return undefined;
  }
}

function covers({ start, end }: Interval, at: number): boolean {
  return start <= at && at < end;
}
