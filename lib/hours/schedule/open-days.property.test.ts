import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MonthDay } from "@/lib/platform/time/calendar";
import type { MinuteRange } from "@/lib/platform/time/wall-clock";
import { repeatedSeed } from "@/lib/testing/environment";
import { holidaysNear, momentsIn, oddZones, schedules } from "@/lib/testing/schedules";
import { isInHours, openDays, type StoredSchedule } from "./rules";

const RUNS = 5_000;

/** What the list of agents asks the database, without a database: nothing but comparisons of whole numbers. */
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
  it(`tell who is in hours as isInHours does, in ${RUNS.toLocaleString("en")} random cases`, () => {
    fc.assert(
      fc.property(cases, ({ timezone, instant, schedule, holidays }) => {
        expect(inHoursByDays(schedule, holidays, timezone, instant)).toBe(
          isInHours(schedule, holidays, timezone, instant),
        );
      }),
      { numRuns: RUNS, ...repeatedSeed() },
    );
  }, 300_000);

  it("are few: two, or three where days are short", () => {
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

  it("know that times in a gap come after times behind it", () => {
    // 02:00 became 03:00 at 01:00 UTC. At 03:15 on the clock 02:15 has come and 02:16 has not: it is 03:16.
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

  it("leave out a date that never came", () => {
    const days = openDays(["Pacific/Apia"], Date.parse("2011-12-30T12:00:00Z"));
    expect(days.map(({ date }) => date.day)).toEqual([29, 31]);
  });
});
