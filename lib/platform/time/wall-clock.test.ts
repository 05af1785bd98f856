import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { repeatedSeed } from "@/lib/testing/environment";
import { zonesOfTemporal } from "@/lib/testing/temporal-zones";
import { DAY_MS } from "./calendar";
import { localDate, zoneClock } from "./wall-clock";

const dayOf = (date: string) => Date.parse(date) / DAY_MS;
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function span(zone: string, date: string, from: string, to: string): string[] | null {
  const found = zoneClock(zone).span(dayOf(date), minutes(from), minutes(to));
  return (
    found && [found.start, found.end].map((instant) => `${new Date(instant).toISOString().slice(0, 19)}Z`)
  );
}

it("a zone has one clock, however its name is spelled", () => {
  expect(zoneClock("eUrOpE/bErLiN")).toBe(zoneClock("Europe/Berlin"));
});

describe("span", () => {
  it("spans two wall-clock times of the same day", () => {
    expect(span("Europe/Berlin", "2026-07-01", "09:00", "17:30")).toEqual([
      "2026-07-01T07:00:00Z",
      "2026-07-01T15:30:00Z",
    ]);
  });

  it("ends the next day if the end is not after the start", () => {
    expect(span("Asia/Kathmandu", "2026-07-01", "22:00", "06:00")?.[1]).toBe("2026-07-02T00:15:00Z");
    expect(span("UTC", "2026-07-01", "09:00", "09:00")?.[1]).toBe("2026-07-02T09:00:00Z");
  });

  it("lasts 23 or 25 hours on the days of a clock change", () => {
    expect(span("Europe/Berlin", "2026-03-29", "00:00", "00:00")).toEqual([
      "2026-03-28T23:00:00Z",
      "2026-03-29T22:00:00Z",
    ]);
    expect(span("Europe/Berlin", "2026-10-25", "00:00", "00:00")).toEqual([
      "2026-10-24T22:00:00Z",
      "2026-10-25T23:00:00Z",
    ]);
  });

  it("moves a time in a gap forward by the gap: 30 minutes, one hour or two", () => {
    expect(span("Europe/Berlin", "2026-03-29", "02:30", "12:00")?.[0]).toBe("2026-03-29T01:30:00Z"); // 03:30
    expect(span("Australia/Lord_Howe", "2026-10-04", "02:10", "12:00")?.[0]).toBe("2026-10-03T15:40:00Z"); // 02:40
    expect(span("Antarctica/Troll", "2026-03-29", "01:30", "12:00")?.[0]).toBe("2026-03-29T01:30:00Z"); // 03:30
  });

  it("uses the first of two equal times", () => {
    expect(span("America/New_York", "2026-11-01", "01:30", "12:00")?.[0]).toBe("2026-11-01T05:30:00Z");
    expect(span("Australia/Lord_Howe", "2026-04-05", "01:45", "12:00")?.[0]).toBe("2026-04-04T14:45:00Z");
  });

  it.each([
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"],
    ["Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"],
    ["America/Havana", "2026-03-08", "2026-03-08T05:00:00Z"],
    ["Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z"],
  ])("starts the day at 01:00 where %s skips midnight", (zone, date, start) => {
    expect(span(zone, date, "00:00", "12:00")?.[0]).toBe(start);
  });

  it("is null if a gap leaves nothing between start and end", () => {
    expect(span("Europe/Berlin", "2026-03-29", "02:30", "03:15")).toBeNull();
    expect(span("Europe/Berlin", "2026-03-29", "02:30", "03:30")).toBeNull();
    expect(span("Europe/Berlin", "2026-03-29", "02:30", "03:31")).not.toBeNull();
  });

  it.each([
    ["Pacific/Apia", "2011-12-30"],
    ["Pacific/Fakaofo", "2011-12-30"],
    ["Pacific/Kwajalein", "1993-08-21"],
  ])("is null on a skipped day: %s, %s", (zone, date) => {
    expect(span(zone, date, "09:00", "17:00")).toBeNull();
    expect(span(zone, date, "00:00", "00:00")).toBeNull();
  });

  it("ends an overnight span into a skipped day on the following day", () => {
    expect(span("Pacific/Apia", "2011-12-29", "22:00", "06:00")).toEqual([
      "2011-12-30T08:00:00Z",
      "2011-12-30T16:00:00Z",
    ]);
  });

  it("supports offsets with seconds", () => {
    expect(span("Africa/Monrovia", "1971-06-01", "09:00", "17:00")?.[0]).toBe("1971-06-01T09:44:30Z");
    expect(span("Europe/Paris", "1900-01-15", "09:00", "17:00")?.[0]).toBe("1900-01-15T08:50:39Z");
  });

  it("uses UTC for an unknown zone", () => {
    expect(span("Mars/Olympus_Mons", "2026-07-01", "09:00", "17:00")).toEqual([
      "2026-07-01T09:00:00Z",
      "2026-07-01T17:00:00Z",
    ]);
  });

  it("agrees with Temporal at random times", () => {
    const resolve = (zone: string, day: number, minute: number) =>
      new Temporal.PlainDate(1970, 1, 1).add({ days: day }).toZonedDateTime({
        timeZone: zone,
        plainTime: { hour: Math.floor(minute / 60), minute: minute % 60 },
      }).epochMilliseconds;
    const zone = zonesOfTemporal();
    const day = fc.integer({ min: dayOf("1880-01-01"), max: dayOf("2059-12-01") });
    fc.assert(
      fc.property(zone, day, fc.nat(1439), fc.nat(1439), (timezone, date, from, to) => {
        const start = resolve(timezone, date, from);
        const end = resolve(timezone, to > from ? date : date + 1, to);
        const found = zoneClock(timezone).span(date, from, to);
        // Null means empty, or a skipped day, for which Temporal moves both ends by a day.
        if (found) expect(found).toEqual({ start, end });
        else expect(start >= end || resolve(timezone, date, 0) === resolve(timezone, date + 1, 0)).toBe(true);
      }),
      { numRuns: 3_000, ...repeatedSeed() },
    );
  });

  it("agrees with Temporal around clock changes", () => {
    const zone = zonesOfTemporal();
    const since = fc.integer({ min: Date.parse("1900-01-01"), max: Date.parse("2040-01-01") });
    fc.assert(
      fc.property(zone, since, fc.integer({ min: -200, max: 200 }), (timezone, instant, distance) => {
        const change = Temporal.Instant.fromEpochMilliseconds(instant)
          .toZonedDateTimeISO(timezone)
          .getTimeZoneTransition("next");
        if (!change) return;
        const wall = change.toPlainDateTime().add({ minutes: distance });
        const midnight = Date.UTC(wall.year, wall.month - 1, wall.day);
        const minute = wall.hour * 60 + wall.minute;
        const found = zoneClock(timezone).span(midnight / DAY_MS, minute, minute);
        const start = wall.with({ second: 0 }).toZonedDateTime(timezone).epochMilliseconds;
        if (found) expect(found.start).toBe(start);
      }),
      { numRuns: 3_000, ...repeatedSeed() },
    );
  });
});

it("localDate returns the date in the zone", () => {
  const newYear = Date.parse("2027-01-01T00:00:00Z");
  expect(localDate("UTC", newYear)).toBe("2027-01-01");
  expect(localDate("UTC", newYear - 1)).toBe("2026-12-31");
  expect(localDate("America/New_York", newYear)).toBe("2026-12-31");
  expect(localDate("Pacific/Kiritimati", newYear - 1)).toBe("2027-01-01");
});
