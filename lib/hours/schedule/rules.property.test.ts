import fc from "fast-check";
import { expect, it } from "vitest";
import { repeatedSeed } from "@/lib/testing/environment";
import { firstShown, transitions, walk } from "@/lib/testing/slow-clock";
import { hoursBetween, isInHours, nextChange } from "./rules";
import type { StoredSchedule } from "./stored";

/*
 * Tests the rules against an independent implementation without shared code or zone data: it steps through
 * time minute by minute and reads wall-clock times from compiled TZif files, 1970 to 2040. Earlier offsets
 * have odd seconds that such steps miss; rules.test.ts covers them by hand.
 */
const RUNS = 10_000;
const seed = repeatedSeed();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const aliases =
  "UTC GMT GMT+0 GMT0 Zulu Etc/GMT+12 Etc/GMT-14 EST EST5EDT CST6CDT MST7MDT PST8PDT MST HST CET MET Cuba " +
  "Egypt Eire GB GB-Eire Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya NZ NZ-CHAT Navajo PRC Poland " +
  "Portugal ROC ROK Singapore Turkey W-SU US/Pacific US/Samoa US/East-Indiana Brazil/DeNoronha Brazil/East " +
  "Canada/Newfoundland Chile/EasterIsland Mexico/BajaNorte Australia/LHI Antarctica/South_Pole Asia/Tel_Aviv " +
  "Asia/Kolkata America/Nuuk America/Argentina/ComodRivadavia Europe/Kyiv Pacific/Kanton europe/berlin";
const zones = [...new Set([...Intl.supportedValuesOf("timeZone"), ...aliases.split(" ")])];

/** Zones with unusual clock changes, drawn more often than others. */
const oddZones =
  "Pacific/Apia Pacific/Kwajalein Pacific/Kiritimati Pacific/Enderbury Pacific/Fakaofo America/Sao_Paulo Asia/Beirut Africa/Cairo " +
  "America/Havana Australia/Lord_Howe Africa/El_Aaiun Africa/Casablanca Antarctica/Troll Antarctica/Casey Asia/Gaza " +
  "Africa/Monrovia America/St_Johns Asia/Tehran America/Asuncion America/Santiago Asia/Amman Asia/Pyongyang " +
  "Atlantic/Azores America/Scoresbysund Europe/Dublin Europe/London Europe/Berlin America/New_York Asia/Kathmandu";

interface Case {
  zone: string;
  schedule: StoredSchedule | null;
  holidays: { month: number; day: number }[];
}

const sundayFirst = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

interface Oracle {
  step: number;
  inHours: (instant: number) => boolean;
}

/** Computes for each time in [from, to) whether the agent is in working hours. */
function oracle({ zone, schedule, holidays }: Case, from: number, to: number): Oracle {
  const steps = walk(zone, from - 4 * DAY, to + 4 * DAY);
  const dates = new Set<number>();
  for (const wall of steps.walls) dates.add(Math.floor(wall / DAY) * DAY);
  const shifts: [number, number][] = [];
  for (const date of dates) {
    const calendar = new Date(date);
    const hours = schedule ? schedule[sundayFirst[calendar.getUTCDay()] ?? "sunday"] : { from: 0, to: 0 };
    const [day, month] = [calendar.getUTCDate(), calendar.getUTCMonth() + 1];
    if (!hours || holidays.some((holiday) => holiday.day === day && holiday.month === month)) continue;
    const start = firstShown(steps, date + hours.from * MINUTE);
    const end = firstShown(steps, (hours.to > hours.from ? date : date + DAY) + hours.to * MINUTE);
    if (start !== null && end !== null) shifts.push([start, end]);
  }
  return {
    step: steps.step,
    inHours: (instant) => shifts.some(([start, end]) => start <= instant && instant < end),
  };
}

const minuteOfDay = fc.oneof(
  fc.nat(1439),
  fc.nat(300), // hours in which clocks change
  fc.nat(47).map((half) => half * 30),
  fc.constantFrom(0, 1439, 60, 120),
);
const hoursOfDay = fc.oneof(
  { weight: 4, arbitrary: fc.record({ from: minuteOfDay, to: minuteOfDay }) },
  { weight: 2, arbitrary: minuteOfDay.map((minute) => ({ from: minute, to: minute })) },
  { weight: 1, arbitrary: fc.constant({ from: 0, to: 0 }) },
  { weight: 1, arbitrary: fc.constant({ from: 22 * 60, to: 6 * 60 }) },
);
const someDays = fc.record(Object.fromEntries(sundayFirst.map((weekday) => [weekday, hoursOfDay])), {
  requiredKeys: [],
});
const wholeDays = fc
  .array(minuteOfDay, { minLength: 7, maxLength: 7 })
  .map((minutes) =>
    Object.fromEntries(
      sundayFirst.map((weekday, index) => [weekday, { from: minutes[index] ?? 0, to: minutes[index] ?? 0 }]),
    ),
  );
const sameEachDay = hoursOfDay.map((hours) =>
  Object.fromEntries(sundayFirst.map((weekday) => [weekday, hours])),
);
const schedules: fc.Arbitrary<StoredSchedule | null> = fc.oneof(
  { weight: 6, arbitrary: someDays },
  { weight: 3, arbitrary: sameEachDay },
  { weight: 1, arbitrary: wholeDays },
  { weight: 1, arbitrary: fc.constant(null) },
);

const year = fc.integer({ min: 1970, max: 2040 });
const within = (span: number) => fc.integer({ min: -span, max: span });
const moments = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("transition" as const),
      pick: fc.nat(),
      shift: within(3 * HOUR),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("transition" as const),
      pick: fc.nat(),
      shift: within(2 * DAY),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("transition" as const),
      pick: fc.nat(),
      shift: fc.constantFrom(-1, 0, 1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("yearEnd" as const), year, shift: within(2 * DAY) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("leapDay" as const), year, shift: within(2 * DAY) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("any" as const), year, shift: fc.nat(364 * DAY) }) },
);

const cases = fc
  .record({
    zone: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...zones) },
      { weight: 1, arbitrary: fc.constantFrom(...oddZones.split(" ")) },
    ),
    schedule: schedules,
    moment: moments,
    nearHolidays: fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 3 }),
    farHolidays: fc.array(fc.nat(365), { maxLength: 3 }),
  })
  .map(({ zone, schedule, moment, nearHolidays, farHolidays }) => {
    const instant = instantOf(zone, moment);
    const monthDay = (time: number) => {
      const date = new Date(time);
      return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    };
    const holidays = [
      ...nearHolidays.map((days) => monthDay(instant + days * DAY)),
      ...farHolidays.map((days) => monthDay(Date.UTC(2024, 0, 1 + days))),
    ];
    return { zone, schedule, holidays, instant };
  });

function instantOf(zone: string, moment: typeof moments extends fc.Arbitrary<infer M> ? M : never): number {
  if (moment.kind === "transition") {
    const list = transitions(zone);
    const anchor = list[moment.pick % Math.max(1, list.length)] ?? Date.UTC(1970 + (moment.pick % 70), 2, 27);
    return anchor + moment.shift;
  }
  if (moment.kind === "yearEnd") return Date.UTC(moment.year + 1, 0, 1) + moment.shift;
  if (moment.kind === "leapDay") return Date.UTC(moment.year, 1, 29) + moment.shift;
  return Date.UTC(moment.year, 0, 1) + moment.shift;
}

/** Returns the working hours in [from, to), found by asking the oracle every minute. */
function oracleHours({ step, inHours }: Oracle, from: number, to: number) {
  const found: { start: number; end: number }[] = [];
  let open: number | null = inHours(from) ? from : null;
  for (let instant = (Math.floor(from / step) + 1) * step; instant < to; instant += step) {
    const inside = inHours(instant);
    if (inside && open === null) open = instant;
    if (!inside && open !== null) {
      found.push({ start: open, end: instant });
      open = null;
    }
  }
  if (open !== null) found.push({ start: open, end: to });
  return found;
}

it(`agrees with a minute-by-minute oracle in ${RUNS.toLocaleString("en")} random cases`, {
  timeout: 300_000,
}, () => {
  fc.assert(
    fc.property(cases, ({ instant, ...rest }) => {
      const { schedule, holidays, zone } = rest;
      const [from, to] = [instant - 30 * HOUR, instant + 30 * HOUR];
      const expected = oracle(rest, from, to);
      const inHours = (at: number) => isInHours(schedule, holidays, zone, at);

      expect(inHours(instant)).toBe(expected.inHours(instant));

      const hours = hoursBetween(schedule, holidays, zone, from, to);
      expect(hours).toEqual(oracleHours(expected, from, to));
      const wrongEdges = hours.filter(
        ({ start, end }) =>
          !inHours(start) ||
          !inHours(end - 1) ||
          (start > from && inHours(start - 1)) ||
          (end < to && inHours(end)),
      );
      expect(wrongEdges).toEqual([]);

      const change = nextChange(schedule, holidays, zone, instant);
      const boundary = hours.flatMap(({ start, end }) => [start, end]).find((at) => at > instant && at < to);
      if (boundary !== undefined) expect(change).toBe(boundary);
      else if (change !== null) {
        expect(change).toBeGreaterThanOrEqual(to);
        const around = oracle(rest, change - 1, change + 1);
        expect([around.inHours(change - 1), around.inHours(change)]).toEqual([
          inHours(instant),
          !inHours(instant),
        ]);
      }
      const horizon = Math.min(change ?? Number.POSITIVE_INFINITY, instant + 3_000 * DAY);
      const until = Array.from({ length: 10 }, (_, part) =>
        Math.floor(instant + ((horizon - 1 - instant) * (part + 1)) / 10),
      );
      expect(until.filter((at) => inHours(at) !== inHours(instant))).toEqual([]);
    }),
    { numRuns: RUNS, ...seed },
  );
});
