import { describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { compileCalendar, compileHours, planOn, withExceptions } from "./compile";
import type { AgentCalendar, DayPlan, TimeOff } from "./data";
import { explainHours } from "./explain";
import { hoursBetween, isInHours, shiftsOn } from "./hours";
import { nextChange } from "./next-change";
import { hoursCodeAt, offHoursAt } from "./off-hours";
import { timeOffRange } from "./time-off";

const dayOf = (date: string) => Date.parse(date) / DAY_MS;
const at = (time: string) => Date.parse(time);
const iso = (time: number | null | undefined) => time && new Date(time).toISOString().slice(0, 16);
const range = ({ start, end }: { start: number; end: number }) => `${iso(start)}/${iso(end)}`;

const off: DayPlan = [];
const office: DayPlan = [{ from: 540, to: 1020 }];
const night: DayPlan = [{ from: 1320, to: 360 }];
const everyDay = (plan: DayPlan) => Array.from({ length: 7 }, () => plan);

const base: AgentCalendar = {
  timezone: "UTC",
  travel: [],
  versions: [{ from: null, week: everyDay(office) }],
  holidays: [],
  calendars: [],
  rotations: [],
  shifts: [],
  overrides: [],
  timeOff: [],
};
const compile = (data: Partial<AgentCalendar>) => compileCalendar({ ...base, ...data });

const timeOff = (startDate: string, endDate = startDate, times: Partial<TimeOff> = {}): TimeOff => ({
  id: "vacation",
  startDay: dayOf(startDate),
  endDay: dayOf(endDate),
  startMinute: null,
  endMinute: null,
  ...times,
});

const christmas = { name: "Christmas", month: 12, day: 25 };
const shifts = [
  { id: "early", name: "Early", spans: [{ from: 360, to: 840 }], worksOnHolidays: false },
  { id: "late", name: "Late", spans: [{ from: 840, to: 1320 }], worksOnHolidays: true },
];
const week = (shiftId: string | null) => Array.from({ length: 7 }, () => shiftId);
const rotation = {
  id: "rotation",
  name: "Support",
  timezone: null,
  startDay: dayOf("2026-12-09"), // a Wednesday
  offset: 0,
  from: null,
  until: dayOf("2026-12-31"),
  versions: [{ from: null, weeks: [week("early"), week("late"), week(null)] }],
};

describe("planOn", () => {
  const sources = (data: Partial<AgentCalendar>, date: string) => {
    const { plan, because } = planOn(compile(data), dayOf(date));
    return [because.source, because.name, plan.length];
  };

  it("takes the version of the weekly hours that is in force", () => {
    const versions = [
      { from: null, week: everyDay(off) },
      { from: dayOf("2026-12-01"), week: everyDay(office) },
    ];
    expect(sources({ versions }, "2026-11-30")).toEqual(["weekly", undefined, 0]);
    expect(sources({ versions }, "2026-12-01")).toEqual(["weekly", undefined, 1]);
  });

  it("counts a rotation's weeks from Monday of the week of its start", () => {
    const data = { rotations: [rotation], shifts };
    expect(sources(data, "2026-12-08")).toEqual(["weekly", undefined, 1]);
    expect(sources(data, "2026-12-13")).toEqual(["rotation", "Early", 1]);
    expect(sources(data, "2026-12-14")).toEqual(["rotation", "Late", 1]);
    expect(sources(data, "2026-12-21")).toEqual(["rotation", "Support", 0]);
    expect(sources(data, "2026-12-28")).toEqual(["rotation", "Early", 1]);
    expect(sources(data, "2027-01-01")).toEqual(["weekly", undefined, 1]);
  });

  it("prefers overrides to holidays, and holidays to all shifts but those that take place anyway", () => {
    const data = { holidays: [christmas], shifts, versions: null };
    expect(sources(data, "2026-12-25")).toEqual(["holiday", "Christmas", 0]);
    expect(sources(data, "2026-12-24")).toEqual(["always", undefined, 1]);
    const late = { ...rotation, offset: 2 };
    expect(sources({ ...data, rotations: [{ ...rotation, offset: 1 }] }, "2026-12-25")[0]).toBe("holiday");
    expect(sources({ ...data, rotations: [late] }, "2026-12-25")).toEqual(["rotation", "Late", 1]);
    const overrides = [{ day: dayOf("2026-12-25"), spans: office, note: "Inventory" }];
    expect(sources({ ...data, overrides }, "2026-12-25")).toEqual(["override", "Inventory", 1]);
  });

  it("reads dates in the zone of the rotation, otherwise of the journey", () => {
    const stay = { timezone: "Asia/Kathmandu", from: dayOf("2026-12-08"), to: dayOf("2026-12-09") };
    const calendar = compile({
      travel: [stay],
      rotations: [{ ...rotation, timezone: "Europe/Berlin" }],
      shifts,
    });
    const zones = ["2026-12-07", "2026-12-08", "2026-12-09"].map(
      (date) => planOn(calendar, dayOf(date)).zone,
    );
    expect(zones).toEqual(["UTC", "Asia/Kathmandu", "Europe/Berlin"]);
  });
});

describe("time off", () => {
  it("of whole dates cancels the shifts that start on them, and waits for the one before", () => {
    const calendar = compile({
      versions: [{ from: null, week: everyDay(night) }],
      timeOff: [timeOff("2026-12-02")],
    });
    const [vacation] = calendar.exceptions.timeOff;
    expect(vacation && range(timeOffRange(calendar, vacation) ?? { start: 0, end: 0 })).toBe(
      "2026-12-02T06:00/2026-12-03T06:00",
    );
    expect(hoursBetween(calendar, at("2026-12-01T12:00Z"), at("2026-12-04T12:00Z")).map(range)).toEqual([
      "2026-12-01T22:00/2026-12-02T06:00",
      "2026-12-03T22:00/2026-12-04T06:00",
    ]);
  });

  it("of a part of a day leaves the rest of the shift", () => {
    const calendar = compile({
      timeOff: [timeOff("2026-12-02", "2026-12-02", { startMinute: 720, endMinute: 780 })],
    });
    const day = dayOf("2026-12-02");
    expect(shiftsOn(calendar, day, day).map((shift) => [range(shift), shift.cutBy])).toEqual([
      ["2026-12-02T09:00/2026-12-02T12:00", "vacation"],
      ["2026-12-02T13:00/2026-12-02T17:00", "vacation"],
    ]);
    expect(iso(nextChange(calendar, at("2026-12-02T10:00Z"), at("2026-12-03T00:00Z")))).toBe(
      "2026-12-02T12:00",
    );
  });

  it("does not change why an agent is out of hours", () => {
    const calendar = compile({ timeOff: [timeOff("2026-12-02")] });
    expect(isInHours(calendar, at("2026-12-02T12:00Z"))).toBe(false);
    expect(offHoursAt(calendar, at("2026-12-02T12:00Z"))).toBeNull();
    expect(hoursCodeAt(calendar, at("2026-12-02T20:00Z"))).toBe("outOfHours");
  });

  it("is empty on a date that the zone skipped", () => {
    const calendar = compile({ timezone: "Pacific/Apia" });
    expect(timeOffRange(calendar, timeOff("2011-12-30"))).toBeNull();
  });
});

describe("explainHours", () => {
  it("names what removed a shift", () => {
    const calendar = compile({ holidays: [christmas], timeOff: [timeOff("2026-12-24")] });
    const bySource = (time: string) => explainHours(calendar, at(time)).suppressed.map(({ by }) => by);
    expect(bySource("2026-12-25T12:00Z")).toEqual([
      { source: "holiday", name: "Christmas", day: dayOf("2026-12-25") },
    ]);
    expect(bySource("2026-12-24T12:00Z")).toEqual([{ source: "timeOff", id: "vacation", reason: undefined }]);
    const { since, until } = explainHours(calendar, at("2026-12-25T12:00Z"));
    expect([iso(since), iso(until)]).toEqual(["2026-12-23T17:00", "2026-12-26T09:00"]);
  });
});

describe("an agent who always works", () => {
  it("has no gap where a journey west makes a day longer", () => {
    const stay = { timezone: "America/Los_Angeles", from: dayOf("2026-12-02"), to: dayOf("2026-12-05") };
    const calendar = compile({ timezone: "Europe/Berlin", versions: null, travel: [stay] });
    expect(hoursBetween(calendar, at("2026-12-01T00:00Z"), at("2026-12-10T00:00Z")).map(range)).toEqual([
      "2026-12-01T00:00/2026-12-10T00:00",
    ]);
  });

  it("never changes, and is found to do so without a search", () => {
    const always = compile({ versions: null });
    expect(nextChange(always, 0, at("9999-01-01T00:00Z"))).toBeNull();
    const leapDay = compile({ versions: null, holidays: [{ name: "Leap day", month: 2, day: 29 }] });
    expect(iso(nextChange(leapDay, at("2096-03-01T00:00Z"), at("2200-01-01T00:00Z")))).toBe(
      "2104-02-29T00:00",
    );
    expect(nextChange(leapDay, at("2096-03-01T00:00Z"), at("2104-01-01T00:00Z"))).toBeNull();
  });
});

it("computes shared hours once for all agents", () => {
  const hours = compileHours(base);
  const [one, other] = [1, 2].map(() =>
    withExceptions(hours, { overrides: [], timeOff: [timeOff("2026-12-02")] }),
  );
  expect(one?.dayOn(20_000)).toBe(other?.dayOn(20_000));
});

it("bounds the cached dates of all hours together", () => {
  const hours = compileHours(base);
  const first = hours.dayOn(20_000);
  expect(hours.dayOn(20_000)).toBe(first);
  for (let others = 0; others < 100; others++) {
    const other = compileHours(base);
    for (let day = 0; day < 2_600; day++) other.dayOn(day);
  }
  expect(hours.dayOn(20_000)).not.toBe(first);
  expect(hours.dayOn(20_000)).toEqual(first);
});

it("rejects times outside the years 1 to 9999", () => {
  expect(() => isInHours(compile({}), 1e15)).toThrow(RangeError);
});
