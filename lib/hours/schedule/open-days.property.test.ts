import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MonthDay } from "@/lib/platform/time/calendar";
import type { MinuteRange } from "@/lib/platform/time/wall-clock";
import { repeatedSeed } from "@/lib/testing/environment";
import { holidaysNear, momentsIn, oddZones, schedules } from "@/lib/testing/schedules";
import { isInHours, openDays } from "./rules";
import type { StoredSchedule } from "./stored";

const RUNS = 5_000;

/** The check that the agent list runs in SQL, here without a database: integer comparisons only. */
function inHoursByDays(
  schedule: StoredSchedule | null,
  holidays: readonly MonthDay[],
  timezone: string,
  instant: number,
): boolean {
  const has = (ranges: readonly MinuteRange[], minute: number) =>
    ranges.some(({ first, last }) => first <= minute && minute <= last);
  return openDays([timezone], instant).some(({ weekday, date, come, comeNext }) => {
    if (!schedule && holidays.length === 0) return true;
    if (holidays.some(({ month, day }) => month === date.month && day === date.day)) return false;
    const hours = schedule ? schedule[weekday] : { from: 0, to: 0 };
    return hours && has(come, hours.from) && !has(hours.to > hours.from ? come : comeNext, hours.to);
  });
}

const cases = fc
  .oneof(fc.constantFrom(...oddZones), fc.constantFrom(...Intl.supportedValuesOf("timeZone")))
  .chain((timezone) =>
    momentsIn(timezone).chain((instant) =>
      fc.record({
        timezone: fc.constant(timezone),
        instant: fc.constant(instant),
        schedule: schedules,
        holidays: holidaysNear(instant),
      }),
    ),
  );

describe("the open days of a zone", () => {
  it(`give the same result as isInHours in ${RUNS.toLocaleString("en")} random cases`, () => {
    fc.assert(
      fc.property(cases, ({ timezone, instant, schedule, holidays }) => {
        expect(inHoursByDays(schedule, holidays, timezone, instant)).toBe(
          isInHours(schedule, holidays, timezone, instant),
        );
      }),
      { numRuns: RUNS, ...repeatedSeed() },
    );
  }, 300_000);

  it("are two, or three if days are short", () => {
    const noon = Date.parse("2026-06-10T12:00:00Z");
    const days = openDays(["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago"], noon);
    expect(days.map(({ timezone, weekday }) => `${timezone} ${weekday}`)).toEqual([
      "Europe/Berlin tuesday",
      "Europe/Berlin wednesday",
      "Pacific/Kiritimati wednesday",
      "Pacific/Kiritimati thursday",
      "Pacific/Pago_Pago tuesday",
      "Pacific/Pago_Pago wednesday",
    ]);
  });

  it("treat times in a gap as later than the times after it", () => {
    // At 01:00 UTC, 02:00 became 03:00. At 03:15, 02:15 (moved to 03:15) has passed; 02:16 (moved to 03:16)
    // has not.
    const [, sunday] = openDays(["Europe/Berlin"], Date.parse("2026-03-29T01:15:00Z"));
    expect(sunday).toMatchObject({
      weekday: "sunday",
      date: { month: 3, day: 29 },
      come: [
        { first: 0, last: 135 },
        { first: 180, last: 195 },
      ],
      comeNext: [],
    });
  });

  it("omit a date that was skipped", () => {
    const days = openDays(["Pacific/Apia"], Date.parse("2011-12-30T12:00:00Z"));
    expect(days.map(({ date }) => date.day)).toEqual([29, 31]);
  });
});
