import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repeatedSeed } from "@/lib/testing/environment";
import { tzifNames, tzifOffset, tzifRelease, tzifTimes } from "@/lib/testing/tzif";
import { offsetAt, offsetMinutes } from "./offset";
import { zoneTable } from "./zone-table";

const winter = Date.parse("2026-01-15T12:00:30Z");
const summer = Date.parse("2026-07-15T12:00:30Z");

describe("the offset of a zone", () => {
  it.each([
    ["UTC", winter, 0],
    ["Europe/Berlin", winter, 60],
    ["europe/BERLIN", summer, 120],
    ["America/St_Johns", winter, -210],
    ["America/St_Johns", summer, -150],
    ["Asia/Kathmandu", winter, 345],
    ["Pacific/Kiritimati", winter, 840],
  ])("of %s at %i is %i minutes", (zone, at, minutes) => {
    expect(offsetMinutes(zone, at)).toBe(minutes);
  });

  // Where the rules changed in 2026, after the zone data that Node 20 has (2025c).
  it.each([
    ["America/Vancouver", -420],
    ["America/Edmonton", -360],
    ["America/Winnipeg", -300],
    ["America/Yellowknife", -360],
    ["America/Havana", -240],
    ["Africa/Casablanca", 0],
    ["Africa/El_Aaiun", 0],
  ])("is that of today in %s: %i minutes", (zone, minutes) => {
    expect(offsetMinutes(zone, Date.parse("2026-11-28T12:00:00Z"))).toBe(minutes);
  });

  it("is UTC's for a zone that the data doesn't know", () => {
    expect(offsetAt("Mars/Olympus_Mons", winter)).toBe(0);
  });
});

/** Debian keeps histories of these from before release 2024b, which made them aliases. */
const debianOwn = ["EET", "WET"];

/** Debian keeps histories from before 1970 that the database itself merged. */
const firstShared = 0;

describe("zone data beside files that zic compiled from the same release", () => {
  it("is of that release and has the same names", () => {
    expect(zoneTable().release).toBe(tzifRelease);
    // "Factory" stands for a machine without a zone.
    expect(zoneTable().names.toSorted()).toEqual(tzifNames.filter((name) => name !== "Factory").toSorted());
  });

  it("agrees before and after every change of every zone since 1970", () => {
    for (const name of zoneTable().names) {
      const since = debianOwn.includes(name) ? Date.UTC(1997, 0, 1) : firstShared;
      for (const time of tzifTimes(name).filter((each) => each >= since))
        for (const at of [time, time - 1])
          if (offsetAt(name, at) !== tzifOffset(name, at))
            expect.unreachable(
              `${name} at ${new Date(at).toISOString()}: ${offsetAt(name, at)}, not ${tzifOffset(name, at)}`,
            );
    }
  }, 30_000);

  it("agrees in every week until 2060, and at any instant until 9999", () => {
    for (const name of zoneTable().names)
      for (let at = Date.UTC(2020, 0, 1); at < Date.UTC(2060, 0, 1); at += 7 * 86_400_000)
        if (offsetAt(name, at) !== tzifOffset(name, at))
          expect.unreachable(`${name} at ${new Date(at).toISOString()}`);
    const instant = fc.integer({ min: Date.UTC(1997, 0, 1), max: Date.parse("9999-12-31T23:59:59.999Z") });
    fc.assert(
      fc.property(fc.constantFrom(...zoneTable().names), instant, (name, at) => {
        expect(offsetAt(name, at)).toBe(tzifOffset(name, at));
      }),
      { numRuns: 20_000, ...repeatedSeed() },
    );
  }, 60_000);

  it("agrees to the second before 1970, where both have the zone's own history", () => {
    for (const name of [
      "Europe/Paris",
      "Africa/Monrovia",
      "America/New_York",
      "Asia/Manila",
      "America/Juneau",
    ])
      for (const time of tzifTimes(name))
        for (const at of [time, time - 1])
          expect(offsetAt(name, at), `${name} ${new Date(at).toISOString()}`).toBe(tzifOffset(name, at));
  });
});
