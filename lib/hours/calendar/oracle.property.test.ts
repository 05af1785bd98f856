import fc from "fast-check";
import { expect, it } from "vitest";
import { clipIntervals, type Interval, mergeIntervals } from "@/lib/platform/time/interval";
import { calendarCases } from "@/lib/testing/calendar-cases";
import { type SlowCalendar, slowCalendar } from "@/lib/testing/calendar-oracle";
import { repeatedRuns, repeatedSeed } from "@/lib/testing/environment";
import { compileCalendar } from "./compile";
import { explainHours } from "./explain";
import { hoursBetween, isInHours, type Shift, shiftsOn } from "./hours";
import { nextChange } from "./next-change";
import { hoursCodeAt, offHoursAt } from "./off-hours";

// Compares the engine with an independent implementation (lib/testing/calendar-oracle.ts). `FC_RUNS` sets the number
// of cases.
const RUNS = repeatedRuns(2_000);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WINDOW = 30 * HOUR;

/** Returns the hours in [from, to), found by asking the oracle at every step. */
function slowHours({ step, inHours }: SlowCalendar, from: number, to: number): Interval[] {
  const found: Interval[] = [];
  let open = inHours(from) ? from : null;
  for (let instant = (Math.floor(from / step) + 1) * step; instant < to; instant += step) {
    const inside = inHours(instant);
    if (inside && open === null) open = instant;
    if (inside || open === null) continue;
    found.push({ start: open, end: instant });
    open = null;
  }
  if (open !== null) found.push({ start: open, end: to });
  return found;
}

const nameOf = ({ day, span, source }: Shift) =>
  `${new Date(day * DAY).toISOString().slice(0, 10)} ${span.from}-${span.to} ${source}`;

/** Spreads times over [from, until). */
function between(from: number, until: number, count: number): number[] {
  return Array.from({ length: count }, (_, part) =>
    Math.floor(from + ((until - 1 - from) * (part + 1)) / count),
  );
}

it(`agrees with a minute-by-minute oracle in ${RUNS.toLocaleString("en")} random cases`, {
  timeout: 300_000 + RUNS * 50,
}, () => {
  fc.assert(
    fc.property(calendarCases, ({ calendar: data, at }) => {
      // Goes through JSON, because calendars must be plain data.
      const calendar = compileCalendar(JSON.parse(JSON.stringify(data)));
      const [from, to] = [at - WINDOW, at + WINDOW];
      const oracle = slowCalendar(data, from, to);
      const expected = slowHours(oracle, from, to);

      expect(isInHours(calendar, at)).toBe(oracle.inHours(at));
      expect(hoursBetween(calendar, from, to)).toEqual(expected);
      for (const time of [at, ...between(from, to, 12)])
        expect(hoursCodeAt(calendar, time)).toBe(oracle.code(time));

      const today = Math.floor(at / DAY);
      const pieces = shiftsOn(calendar, today - 6, today + 6);
      expect(clipIntervals(mergeIntervals(pieces), { start: from, end: to })).toEqual(expected);

      const edges = expected
        .flatMap(({ start, end }) => [start, end])
        .filter((edge) => edge > from && edge < to);
      const next = edges.find((edge) => edge > at);
      const previous = edges.findLast((edge) => edge <= at);
      expect(nextChange(calendar, at, to)).toBe(next ?? null);

      const explained = explainHours(calendar, at);
      expect(explained.in).toBe(oracle.inHours(at));
      expect(explained.shifts.map(nameOf)).toEqual(oracle.shifts(at));
      expect(explained.suppressed.map(({ shift, by }) => `${nameOf(shift)} by ${by.source}`)).toEqual(
        oracle.suppressed(at),
      );
      if (previous !== undefined) expect(explained.since).toBe(previous);
      else expect(explained.since ?? from).toBeLessThanOrEqual(from);
      if (next !== undefined) expect(explained.until).toBe(next);
      else expect(explained.until ?? to).toBeGreaterThanOrEqual(to);
    }),
    { numRuns: RUNS, ...repeatedSeed() },
  );
});

it("finds the next change years ahead, and skips none", { timeout: 300_000 + RUNS * 50 }, () => {
  fc.assert(
    fc.property(calendarCases, ({ calendar: data, at }) => {
      const calendar = compileCalendar(data);
      const far = at + 1_500 * DAY;
      const change = nextChange(calendar, at, far);
      const inside = isInHours(calendar, at);
      const [first] = hoursBetween(calendar, at, far);
      const boundary = inside ? first?.end : first?.start;
      expect(change).toBe(boundary !== undefined && boundary < far ? boundary : null);
    }),
    { numRuns: Math.ceil(RUNS / 10), ...repeatedSeed() },
  );
});

it("predicts when the reason for being out of hours changes", { timeout: 300_000 + RUNS * 50 }, () => {
  fc.assert(
    fc.property(calendarCases, ({ calendar: data, at }) => {
      const calendar = compileCalendar(data);
      const off = offHoursAt(calendar, at);
      if (!off) return;
      const code = hoursCodeAt(calendar, at);
      const end = off.holidayUntil ?? at + 400 * DAY;
      expect(between(at, end, 20).filter((time) => hoursCodeAt(calendar, time) !== code)).toEqual([]);
      if (off.since !== undefined) {
        expect(hoursCodeAt(calendar, off.since - 1)).toBeNull();
        expect(between(off.since, at + 1, 5).every((time) => hoursCodeAt(calendar, time) !== null)).toBe(
          true,
        );
      }
    }),
    { numRuns: RUNS, ...repeatedSeed() },
  );
});
