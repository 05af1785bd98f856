import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { repeatedSeed } from "@/lib/testing/environment";
import { offsetAt, offsetMinutes } from "./offset";

const winter = Date.parse("2026-01-15T12:00:30Z");
const summer = Date.parse("2026-07-15T12:00:30Z");

describe("the offset of a zone", () => {
  it.each([
    ["UTC", winter, 0],
    ["Europe/Berlin", winter, 60],
    ["Europe/Berlin", summer, 120],
    ["America/St_Johns", winter, -210],
    ["America/St_Johns", summer, -150],
    ["Asia/Kathmandu", winter, 345],
    ["Pacific/Kiritimati", winter, 840],
  ])("of %s at %i is %i minutes", (zone, at, minutes) => {
    expect(offsetMinutes(zone, at)).toBe(minutes);
  });

  it("is Temporal's, to the second, in any of the years 1 to 9999", () => {
    const zone = fc.constantFrom("UTC", ...Intl.supportedValuesOf("timeZone"));
    const instant = fc.oneof(
      fc.integer({ min: Date.parse("0001-01-01T00:00:00Z"), max: Date.parse("9999-12-31T23:59:59.999Z") }),
      fc.integer({ min: Date.parse("1880-01-01"), max: Date.parse("2100-01-01") }),
    );
    fc.assert(
      fc.property(zone, instant, (timezone, at) => {
        const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
        expect(offsetAt(timezone, at)).toBe(offsetNanoseconds / 1e6);
      }),
      { numRuns: 5_000, ...repeatedSeed() },
    );
  });

  it("is not known of an unknown zone", () => {
    expect(() => offsetAt("Mars/Olympus_Mons", winter)).toThrow(RangeError);
  });
});
