import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CompiledCalendar, compileCalendar } from "@/lib/hours/calendar/compile";
import type { AgentCalendar } from "@/lib/hours/calendar/data";
import { shiftsOn } from "@/lib/hours/calendar/hours";
import { calendarCases } from "@/lib/testing/calendar-cases";
import { slowCalendar } from "@/lib/testing/calendar-oracle";
import { repeatedRuns, repeatedSeed } from "@/lib/testing/environment";
import { planSwap, type Side, type SwappedDay } from "./swap";

const RUNS = repeatedRuns(3_000);
const DAY = 86_400_000;
const HALF_HOUR = 1_800_000;
const nothing = { giver: new Set<number>(), taker: new Set<number>() };

const applied = (data: AgentCalendar, side: Side, days: readonly SwappedDay[]): AgentCalendar => {
  const own = days.filter((one) => one.side === side);
  return {
    ...data,
    overrides: [
      ...data.overrides.filter(({ day }) => !own.some((one) => one.day === day)),
      ...own.map(({ day, spans }) => ({ day, spans })),
    ],
  };
};

const times = (calendar: CompiledCalendar, day: number) =>
  shiftsOn(calendar, day, day).map(({ start, end, span }) => [start, end, span.from, span.to]);

/** Two agents; the second one often has the same time zone, and is off on some dates. */
const cases = fc.record({
  one: calendarCases,
  other: calendarCases,
  sameZone: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  off: fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 6 }),
  offset: fc.integer({ min: -2, max: 2 }),
  back: fc.oneof(fc.constant(undefined), fc.constant(0), fc.integer({ min: -3, max: 3 })),
});

describe("an exchange of shifts", () => {
  it("moves the shifts of these dates, and changes nothing else", { timeout: 300_000 + RUNS * 50 }, () => {
    let possible = 0;
    const reasons = new Set<string>();
    fc.assert(
      fc.property(cases, ({ one, other, sameZone, off, offset, back }) => {
        const today = Math.floor(one.at / DAY);
        const day = today + offset;
        const returnDay = back === undefined ? undefined : day + back;
        const moved = {
          ...other.calendar,
          ...(sameZone ? { timezone: one.calendar.timezone, travel: [], rotations: [], timeOff: [] } : {}),
          overrides: [],
          // Days off without an override.
          calendars: [
            { id: "off", name: "Off", days: off.map((each) => ({ day: today + each, name: "Off" })) },
          ],
        };
        const data = { giver: one.calendar, taker: moved };
        const before = { giver: compileCalendar(data.giver), taker: compileCalendar(data.taker) };
        const { problems, days } = planSwap(before, { day, returnDay }, nothing, (today - 10) * DAY);
        for (const { reason } of problems) reasons.add(reason);
        if (problems.length > 0) {
          expect(days).toEqual([]);
          return;
        }
        possible++;
        const after = {
          giver: compileCalendar(applied(data.giver, "giver", days)),
          taker: compileCalendar(applied(data.taker, "taker", days)),
        };
        for (let each = today - 12; each <= today + 12; each++) {
          const [gives, returns] = [each === day, each === returnDay];
          const [ofGiver, ofTaker] = [times(before.giver, each), times(before.taker, each)];
          if (gives && returns) {
            expect(times(after.giver, each)).toEqual(ofTaker);
            expect(times(after.taker, each)).toEqual(ofGiver);
          } else if (gives) {
            expect(ofTaker).toEqual([]);
            expect(times(after.giver, each)).toEqual([]);
            expect(times(after.taker, each)).toEqual(ofGiver);
          } else if (returns) {
            expect(ofGiver).toEqual([]);
            expect(times(after.taker, each)).toEqual([]);
            expect(times(after.giver, each)).toEqual(ofTaker);
          } else {
            expect(times(after.giver, each)).toEqual(ofGiver);
            expect(times(after.taker, each)).toEqual(ofTaker);
          }
        }
        // The independent implementation agrees about who holds which shift.
        const [from, to] = [(today - 5) * DAY, (today + 5) * DAY];
        const held = (side: Side) => {
          const theirs = side === "giver" ? "taker" : "giver";
          return Array.from({ length: 25 }, (_, index) => today - 12 + index).flatMap((each) => {
            const isGiven = each === (side === "giver" ? day : returnDay);
            const isReceived = each === (side === "giver" ? returnDay : day);
            return [
              ...(isGiven ? [] : times(before[side], each)),
              ...(isReceived ? times(before[theirs], each) : []),
            ];
          });
        };
        for (const side of ["giver", "taker"] as const) {
          const slow = slowCalendar(applied(data[side], side, days), from, to);
          const shifts = held(side);
          for (let at = from; at < to; at += HALF_HOUR)
            expect(slow.inHours(at)).toBe(shifts.some(([start = at, end = at]) => start <= at && at < end));
        }
      }),
      { numRuns: RUNS, ...repeatedSeed() },
    );
    expect(possible).toBeGreaterThan(RUNS / 100);
    for (const reason of ["noShift", "zone", "timeOff", "works"]) expect(reasons).toContain(reason);
  });

  it("restores both agents' hours when it is reversed", { timeout: 300_000 + RUNS * 50 }, () => {
    let restored = 0;
    fc.assert(
      fc.property(cases, ({ one, off }) => {
        const day = Math.floor(one.at / DAY);
        const colleague: AgentCalendar = {
          ...one.calendar,
          versions: [],
          rotations: [],
          overrides: [],
          timeOff: [],
        };
        const data = { giver: one.calendar, taker: colleague };
        const before = { giver: compileCalendar(data.giver), taker: compileCalendar(data.taker) };
        const first = planSwap(before, { day }, nothing, (day - 10) * DAY);
        if (first.problems.length > 0) return;
        const given = {
          giver: compileCalendar(applied(data.taker, "taker", first.days)),
          taker: compileCalendar(applied(data.giver, "giver", first.days)),
        };
        const second = planSwap(given, { day }, { ...nothing, taker: new Set([day]) }, (day - 10) * DAY);
        // Shifts that overlap on two dates can't be given back.
        if (second.problems.some(({ reason }) => reason === "works")) return;
        expect(second.problems).toEqual([]);
        restored++;
        const again = compileCalendar(
          applied({ ...given.taker.hours.data, ...given.taker.exceptions }, "taker", second.days),
        );
        for (const each of [day - 1, day, day + 1, ...off.map((by) => day + by)])
          expect(times(again, each)).toEqual(times(before.giver, each));
      }),
      { numRuns: RUNS, ...repeatedSeed() },
    );
    expect(restored).toBeGreaterThan(RUNS / 20);
  });
});
