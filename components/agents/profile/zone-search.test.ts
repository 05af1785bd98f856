import { describe, expect, it } from "vitest";
import { currentZoneId } from "@/lib/platform/time/format";
import { zonesOfAbbreviation } from "./zone-abbreviations";
import { cityOf, genericName, offsetName } from "./zone-names";
import { isZoneFound } from "./zone-search";
import { zoneWords } from "./zone-words";

const zones = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"].map(currentZoneId))];
const now = new Date("2026-01-15T12:00:00Z");
const shownOf = (zone: string) => `${cityOf(zone)} (${genericName(zone, "en", now)}, ${offsetName(60)})`;
const shown = zones.map((zone) => [zone, shownOf(zone)] as const);
const found = (typed: string) =>
  shown.filter(([zone, text]) => isZoneFound(zone, text, typed)).map(([zone]) => zone);

describe("the time zone search", () => {
  it.each([
    ["Mumbai", "Asia/Kolkata"],
    ["bombay", "Asia/Kolkata"],
    ["Beijing", "Asia/Shanghai"],
    ["Peking", "Asia/Shanghai"],
    ["San Francisco", "America/Los_Angeles"],
    ["washington", "America/New_York"],
    ["Munich", "Europe/Berlin"],
    ["munchen", "Europe/Berlin"],
    ["Köln", "Europe/Berlin"],
    ["القاهره", "Africa/Cairo"],
    ["Kiev", "Europe/Kyiv"],
    ["Kyiv", "Europe/Kyiv"],
    ["Calcutta", "Asia/Kolkata"],
    ["Saigon", "Asia/Ho_Chi_Minh"],
    ["Rangoon", "Asia/Yangon"],
    ["Godthab", "America/Nuuk"],
    ["Katmandu", "Asia/Kathmandu"],
    ["buenos aires", "America/Argentina/Buenos_Aires"],
    ["America/New_York", "America/New_York"],
    ["st. johns", "America/St_Johns"],
    ["PST", "America/Los_Angeles"],
    ["pdt", "America/Vancouver"],
    ["CET", "Europe/Berlin"],
    ["CEST", "Europe/Paris"],
    ["MEZ", "Europe/Vienna"],
    ["EST", "America/New_York"],
    ["est", "Europe/Tallinn"],
    ["IST", "Asia/Kolkata"],
    ["IST", "Europe/Dublin"],
    ["IST", "Asia/Jerusalem"],
    ["ist", "Europe/Istanbul"],
    ["GMT", "Europe/London"],
    ["utc", "UTC"],
    ["JST", "Asia/Tokyo"],
    ["AEDT", "Australia/Sydney"],
  ])("matches %s to %s", (typed, zone) => {
    expect(found(typed)).toContain(zone);
  });

  it.each([
    ["EST", "Africa/Niamey"],
    ["est", "Africa/Lagos"],
    ["CET", "Europe/London"],
    ["PST", "Asia/Kolkata"],
    ["nowhere at all", "UTC"],
  ])("does not match %s to %s", (typed, zone) => {
    expect(found(typed)).not.toContain(zone);
  });

  it("finds all zones for an empty text", () => {
    expect(found(" ")).toEqual(zones);
  });
});

describe("the search terms", () => {
  it("are keyed by current zone names", () => {
    const known = new Set(zones);
    // Some runtimes resolve certain current zone names to other names.
    const isZone = (zone: string) => known.has(zone) || currentZoneId(zone) === zone;
    expect(Object.keys(zoneWords).filter((zone) => !isZone(zone))).toEqual([]);
    for (const name of ["cet", "eet", "est", "cst", "ast"])
      expect([...(zonesOfAbbreviation(name) ?? [])].filter((zone) => !isZone(zone))).toEqual([]);
  });
});
