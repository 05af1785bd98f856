import { describe, expect, it } from "vitest";
import { tzifOffset } from "@/lib/testing/tzif";
import { briefZones, readBriefZones } from "./brief-zones";
import { readPackedZones } from "./packed-zones";
import { offsetIn } from "./zone-offsets";
import { isOldRelease, zoneTable } from "./zone-table";

const since = Date.UTC(2020, 0, 1);

describe("the zone data sent to pages", () => {
  const sent = JSON.stringify(briefZones(zoneTable(), since));
  const table = readBriefZones(JSON.parse(sent));

  it("has the same ids and offered ids", () => {
    expect(table.release).toBe(zoneTable().release);
    expect(table.names.toSorted()).toEqual(zoneTable().names.toSorted());
    expect(table.listed.toSorted()).toEqual(zoneTable().listed.toSorted());
    expect(table.listed).toEqual(expect.arrayContaining(["Asia/Kolkata", "America/Vancouver", "UTC"]));
    expect(table.listed).not.toContain("US/Pacific");
  });

  it("has the same offsets from 2020 on", () => {
    for (const name of table.names) {
      const zone = table.find(name.toUpperCase());
      for (let at = since; at < Date.UTC(2045, 0, 1); at += 5 * 86_400_000)
        if (!zone || offsetIn(zone, at) !== tzifOffset(name, at))
          expect.unreachable(`${name} at ${new Date(at).toISOString()}`);
    }
  });

  it("is below 24,000 characters", () => {
    expect(sent.length).toBeLessThan(24_000);
  });
});

describe("packed zone data", () => {
  const small = {
    version: "2031b",
    zones: ["Etc/UTC|UTC|0|0||", "Europe/Nowhere|AAA BBB|-10 -1u|01|2.u|1"],
    links: ["Etc/UTC|UTC"],
    countries: ["XX|Europe/Nowhere"],
  };

  it("is parsed", () => {
    const table = readPackedZones(small);
    const zone = table.find("europe/nowhere");
    expect(table).toMatchObject({ release: "2031b", listed: ["Europe/Nowhere", "UTC"] });
    expect(zone).toMatchObject({ first: 3_600_000, transitions: [{ at: 150_000, offset: 5_400_000 }] });
  });

  it.each([
    ["nothing", undefined, /is not packed time zone data/],
    ["an invalid release", { ...small, version: "new" }, /is not packed time zone data/],
    ["no zones", { ...small, zones: undefined }, /is not packed time zone data/],
    ["a dangling link", { ...small, links: ["Etc/Nothing|UTC"] }, /unknown zone: Etc\/Nothing\|UTC/],
    ["no UTC", { ...small, links: [] }, /has no zone UTC/],
    ["an invalid duration", { ...small, zones: [...small.zones, "Asia/Bad|A B|0 10|01|!"] }, /Asia\/Bad/],
    ["a missing offset", { ...small, zones: [...small.zones, "Asia/Bad|A B|0|01|2"] }, /Asia\/Bad/],
    ["an empty zone", { ...small, zones: [...small.zones, ""] }, /malformed zone: \(unnamed\)/],
  ])("with %s is rejected", (_, value, message) => {
    expect(() => readPackedZones(value)).toThrow(message);
  });
});

describe("isOldRelease", () => {
  it.each([
    ["2025a", "2025-12-31", false],
    ["2025a", "2026-01-01", true],
    ["2025c", "2026-04-30", false],
    ["2025c", "2026-05-01", true],
    ["2026f", "2027-10-31", false],
    ["2026f", "2027-11-01", true],
    ["2026z", "2027-11-30", false],
    ["2026z", "2027-12-01", true],
  ])("for %s on %s is %s", (release, date, isOld) => {
    expect(isOldRelease(release, Date.parse(date))).toBe(isOld);
  });
});
