import type { CompiledCalendar } from "@/lib/hours/calendar/compile";
import { shiftsOn } from "@/lib/hours/calendar/hours";
import type { CalendarEvent } from "@/lib/hours/time-off/ics/write";
import { isoDate } from "@/lib/platform/time/calendar";

/** What a feed shows of an agent. */
export interface FeedAgent {
  readonly id: string;
  /** Put before each summary; undefined in a feed of one agent. */
  readonly name: string | undefined;
  readonly calendar: CompiledCalendar;
}

/** Epoch days, both inclusive. */
export interface FeedDays {
  readonly from: number;
  readonly to: number;
}

/** The part of each UID after the @; it must not change. */
const host = "calendar.rollcall";

/** Returns an agent's shifts, time off and holidays on some days. `typeNames` has the types that aren't private. */
export function feedEvents(
  { id, name, calendar }: FeedAgent,
  { from, to }: FeedDays,
  typeNames: ReadonlyMap<string, string>,
): CalendarEvent[] {
  const titled = (summary: string) => (name === undefined ? summary : `${name}: ${summary}`);
  const shifts = shiftsOn(calendar, from, to)
    // Hours around the clock are not shifts.
    .filter(({ source }) => source !== "always")
    .map(
      ({ day, start, end, name: shift }): CalendarEvent => ({
        uid: `shift-${id}-${isoDate(day)}-${start}@${host}`,
        summary: titled(shift ?? "Shift"),
        isBusy: true,
        when: { start, end },
      }),
    );
  const timeOff = calendar.timeOff().flatMap((period): CalendarEvent[] => {
    const { startDay, endDay, startMinute, endMinute, typeId, reason } = period.timeOff;
    if (endDay < from || startDay > to) return [];
    const isWhole = startMinute === null && endMinute === null;
    return [
      {
        uid: `time-off-${period.id}@${host}`,
        summary: titled(typeNames.get(typeId ?? "") ?? "Time off"),
        description: reason,
        isBusy: true,
        when: isWhole ? { firstDay: startDay, lastDay: endDay } : { start: period.start, end: period.end },
      },
    ];
  });
  return [...shifts, ...timeOff, ...holidays({ id, name, calendar }, { from, to }, titled)];
}

function holidays(
  { id, calendar }: FeedAgent,
  { from, to }: FeedDays,
  titled: (summary: string) => string,
): CalendarEvent[] {
  const found: CalendarEvent[] = [];
  for (let day = from; day <= to; day++) {
    const { because } = calendar.dayOn(day);
    if (because.source !== "holiday") continue;
    found.push({
      uid: `holiday-${id}-${isoDate(day)}@${host}`,
      summary: titled(because.name ?? "Holiday"),
      isBusy: false,
      when: { firstDay: day, lastDay: day },
    });
  }
  return found;
}
