import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repeatedSeed } from "@/lib/testing/environment";
import { tzifNames, tzifOffset, tzifRelease, tzifTimes } from "@/lib/testing/tzif";
import { offsetAt, offsetMinutes } from "./offset";
import { zoneTable } from "./zone-table";

const winter = Date.parse("2026-01-15T12:00:30Z");
const summer = Date.parse("2026-07-15T12:00:30Z");

describe("offsetMinutes", () => {
  it.each([
    ["UTC", winter, 0],
    ["Europe/Berlin", winter, 60],
    ["europe/BERLIN", summer, 120],
    ["America/St_Johns", winter, -210],
    ["America/St_Johns", summer, -150],
    ["Asia/Kathmandu", winter, 345],
    ["Pacific/Kiritimati", winter, 840],
  ])("for %s at %i is %i", (zone, at, minutes) => {
    expect(offsetMinutes(zone, at)).toBe(minutes);
  });

  // Zones whose rules changed in 2026, after the zone data of Node 20 (2025c).
  it.each([
    ["America/Vancouver", -420],
    ["America/Edmonton", -360],
    ["America/Winnipeg", -300],
    ["America/Yellowknife", -360],
    ["America/Havana", -240],
    ["Africa/Casablanca", 0],
    ["Africa/El_Aaiun", 0],
  ])("knows the 2026 rules of %s: %i minutes", (zone, minutes) => {
    expect(offsetMinutes(zone, Date.parse("2026-11-28T12:00:00Z"))).toBe(minutes);
  });

  it("returns 0 for an unknown zone", () => {
    expect(offsetAt("Mars/Olympus_Mons", winter)).toBe(0);
  });
});

/** Debian keeps the old history of these, which release 2024b turned into aliases. */
const debianOwn = ["EET", "WET"];

/** Debian keeps pre-1970 histories that IANA has merged. */
const firstShared = 0;

describe("zone data, compared with zic's files of the same release", () => {
  it("has the same release and ids", () => {
    expect(zoneTable().release).toBe(tzifRelease);
    // "Factory" means that no zone is configured.
    expect(zoneTable().names.toSorted()).toEqual(tzifNames.filter((name) => name !== "Factory").toSorted());
  });

  it("agrees around every transition since 1970", () => {
    for (const name of zoneTable().names) {
      const since = debianOwn.includes(name) ? Date.UTC(1997, 0, 1) : firstShared;
      for (const time of tzifTimes(name).filter((each) => each >= since))
        for (const at of [time, time - 1])
          if (offsetAt(name, at) !== tzifOffset(name, at))
            expect.unreachable(
              `${name} at ${new Date(at).toISOString()}: ${offsetAt(name, at)}, not ${tzifOffset(name, at)}`,
            );
    }
  });

  it("agrees in every week until 2060, and at random times until 9999", () => {
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
  });

  it("agrees to the second before 1970 for zones with their own history", () => {
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
