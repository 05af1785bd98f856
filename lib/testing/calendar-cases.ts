import fc from "fast-check";
import type { AgentCalendar, DayPlan, RotationMembership, TimeOff } from "@/lib/hours/calendar/data";
import { oddZones } from "./schedules";
import { wallClock } from "./slow-clock";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A calendar and a time to ask about. */
export interface CalendarCase {
  calendar: AgentCalendar;
  at: number;
}

const zones = fc.oneof(fc.constantFrom(...oddZones), fc.constantFrom(...Intl.supportedValuesOf("timeZone")));

/** Returns when the zone's offset changes in a year, to the minute. */
function changesIn(zone: string, year: number): number[] {
  const offset = (instant: number) => wallClock(zone, instant) - instant;
  const found: number[] = [];
  const end = Date.UTC(year + 1, 0, 1);
  for (let low = Date.UTC(year, 0, 1); low < end; low += 10 * DAY) {
    let [left, right] = [low, low + 10 * DAY];
    if (offset(left) === offset(right)) continue;
    while (right - left > MINUTE) {
      const middle = Math.floor((left + right) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === offset(left)) left = middle;
      else right = middle;
    }
    found.push(right);
  }
  return found;
}

/** Times from 1970 to 2100, mostly near a clock change of the zone, the end of a year or of February. */
function timesIn(zone: string): fc.Arbitrary<number> {
  const year = fc.integer({ min: 1971, max: 2099 });
  const shift = fc.oneof(
    fc.integer({ min: -2 * DAY, max: 2 * DAY }),
    fc.integer({ min: -180, max: 180 }).map((minutes) => minutes * MINUTE),
    fc.constantFrom(-1, 0, 1),
  );
  const ends = fc.tuple(year, fc.constantFrom(0, 2)).map(([of, month]) => Date.UTC(of, month, 1));
  const any = fc.tuple(year, fc.nat(364)).map(([of, day]) => Date.UTC(of, 0, 1 + day));
  const change = fc.tuple(year, fc.nat(3)).map(([of, pick]) => {
    const changes = changesIn(zone, of);
    return changes[pick % Math.max(1, changes.length)] ?? Date.UTC(of, 2, 27);
  });
  return fc
    .tuple(fc.oneof({ weight: 6, arbitrary: change }, { weight: 1, arbitrary: ends }, any), shift)
    .map(([anchor, by]) => anchor + by);
}

const minute = fc.oneof(fc.nat(1439), fc.nat(300), fc.constantFrom(0, 1439, 60, 120, 720));

/** Separate spans; the last one may end on the next date. */
const separate: fc.Arbitrary<DayPlan> = fc
  .uniqueArray(minute, { minLength: 2, maxLength: 8 })
  .map((list) => list.sort((a, b) => a - b))
  .chain((minutes) =>
    fc.boolean().map((crosses) => {
      const times = crosses ? [...minutes.slice(1), minutes[0] ?? 0] : minutes;
      return Array.from({ length: Math.floor(times.length / 2) }, (_, index) => ({
        from: times[2 * index] ?? 0,
        to: times[2 * index + 1] ?? 0,
      }));
    }),
  );

const plans: fc.Arbitrary<DayPlan> = fc.oneof(
  { weight: 5, arbitrary: separate },
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: minute.map((time) => [{ from: time, to: time }]) },
  { weight: 1, arbitrary: fc.constantFrom([{ from: 0, to: 0 }], [{ from: 1320, to: 360 }]) },
  // Touching ones, and any others, although no form accepts those that overlap.
  {
    weight: 1,
    arbitrary: minute.map((time) => [
      { from: 0, to: time || 1 },
      { from: time || 1, to: 0 },
    ]),
  },
  { weight: 1, arbitrary: fc.array(fc.record({ from: minute, to: minute }), { maxLength: 3 }) },
);

const weeks: fc.Arbitrary<DayPlan[]> = fc.oneof(
  { weight: 3, arbitrary: fc.array(plans, { minLength: 7, maxLength: 7 }) },
  { weight: 2, arbitrary: plans.map((plan) => Array.from({ length: 7 }, () => plan)) },
);

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.oneof(fc.constant(null), value);

function ascending(days: fc.Arbitrary<number>, maxLength: number): fc.Arbitrary<(number | null)[]> {
  return fc.uniqueArray(days, { maxLength }).map((list) => [null, ...list.sort((a, b) => a - b)]);
}

const shiftIds = ["early", "late", "night"];

function rotationsAround(today: number): fc.Arbitrary<RotationMembership[]> {
  const near = fc.integer({ min: today - 4, max: today + 4 });
  const entry = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...shiftIds) }, fc.constant(null));
  const rotationWeeks = fc.array(fc.array(entry, { minLength: 7, maxLength: 7 }), {
    minLength: 1,
    maxLength: 4,
  });
  const rotation = fc.record({
    id: fc.constantFrom("support", "on-call"),
    name: fc.constant("Rotation"),
    timezone: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, zones),
    startDay: fc.oneof(near, fc.integer({ min: today - 400, max: today })),
    offset: fc.nat(5),
    from: maybe(near),
    until: maybe(near),
    versions: ascending(near, 2).chain((starts) =>
      fc.tuple(...starts.map((from) => rotationWeeks.map((list) => ({ from, weeks: list })))),
    ),
  });
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<RotationMembership[]>([]) },
    fc.array(rotation, { maxLength: 2 }),
  );
}

function timeOffAround(today: number): fc.Arbitrary<TimeOff[]> {
  const one = fc
    .record({
      startDay: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: today - 4, max: today + 3 }) },
        fc.constant(today - 60),
      ),
      length: fc.oneof({ weight: 5, arbitrary: fc.nat(3) }, fc.constant(100)),
      times: fc.oneof(
        fc.constant({ startMinute: null, endMinute: null }),
        fc.record({ startMinute: maybe(minute), endMinute: maybe(minute) }),
      ),
    })
    .map(({ startDay, length, times }) => ({ startDay, endDay: startDay + length, ...times }));
  const list = fc
    .array(one, { maxLength: 3 })
    .map((all) => all.map((each, index) => ({ id: `time-off-${index}`, ...each })));
  return fc.oneof({ weight: 1, arbitrary: fc.constant<TimeOff[]>([]) }, { weight: 2, arbitrary: list });
}

/** Calendars whose layers all matter around an epoch day. */
export function calendarsAround(zone: string, today: number): fc.Arbitrary<AgentCalendar> {
  const near = fc.integer({ min: today - 4, max: today + 4 });
  const rare = fc.oneof({ weight: 5, arbitrary: near }, fc.integer({ min: today - 400, max: today + 900 }));
  const travel = fc.record({ timezone: zones, from: near, length: fc.nat(4) });
  return fc.record({
    timezone: fc.constant(zone),
    travel: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      fc
        .array(travel, { maxLength: 2 })
        .map((stays) => stays.map(({ length, ...stay }) => ({ ...stay, to: stay.from + length }))),
    ),
    versions: fc.oneof(
      { weight: 1, arbitrary: fc.constant(null) },
      {
        weight: 4,
        arbitrary: ascending(rare, 2).chain((starts) =>
          fc.tuple(...starts.map((from) => weeks.map((week) => ({ from, week })))),
        ),
      },
    ),
    holidays: fc.array(
      rare.map((day) => {
        const date = new Date(day * DAY);
        return { name: `Day ${day}`, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      }),
      { maxLength: 2 },
    ),
    calendars: fc.array(
      fc.record({
        id: fc.constantFrom("national", "company"),
        name: fc.constant("Calendar"),
        days: fc.array(fc.record({ day: rare, name: fc.constant("Off") }), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    rotations: rotationsAround(today),
    shifts: fc.tuple(
      ...shiftIds.map((id) =>
        fc.record({
          id: fc.constant(id),
          name: fc.constant(id),
          spans: plans,
          worksOnHolidays: fc.boolean(),
        }),
      ),
    ),
    overrides: fc.uniqueArray(fc.record({ day: rare, spans: plans }), {
      maxLength: 3,
      selector: ({ day }) => day,
    }),
    timeOff: timeOffAround(today),
  });
}

/** Calendars with all layers together, in all zones. */
export const calendarCases: fc.Arbitrary<CalendarCase> = zones.chain((zone) =>
  timesIn(zone).chain((at) =>
    fc.record({ calendar: calendarsAround(zone, Math.floor(at / DAY)), at: fc.constant(at) }),
  ),
);
