import { describe, expect, it } from "vitest";
import { isTimeZone } from "./zone";

describe("isTimeZone", () => {
  it.each([
    "Europe/Berlin",
    "UTC",
    "GMT",
    "Etc/UTC",
    "Etc/GMT+5",
    "Etc/GMT-14",
    "Etc/GMT0",
    "GMT0",
    "GMT+0",
    "GMT-0",
    "EST",
    "EST5EDT",
    "CET",
    "W-SU",
    "NZ-CHAT",
    "US/Pacific",
    "Asia/Calcutta",
    "Asia/Kolkata",
    "Europe/Kyiv",
    "America/Argentina/ComodRivadavia",
    "America/Port-au-Prince",
    "europe/berlin",
    "ETC/gmt+5",
  ])("accepts %s", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each([
    "",
    " ",
    "Z",
    "+02:00",
    "-0500",
    "+02",
    "-00:00",
    "+00:00:30",
    "GMT+2",
    "GMT-2",
    "GMT+02:00",
    "GMT+00:00",
    "UTC+5",
    "UTC+0",
    "UTC0",
    "UT+1",
    "Etc/GMT+13",
    "Etc/GMT+05",
    "Etc/Unknown",
    "Mars/Olympus_Mons",
    "PST",
    "IST",
    "ist",
    "SystemV/EST5",
    "US/Pacific-New",
    "Canada/East-Saskatchewan",
    "Factory",
    "Europe/Berlin ",
    " Europe/Berlin",
    "Europe/Berlin\n",
    "Europe/Berlin\0",
    "Europe\\Berlin",
    "Europe/Berlin[u-ca=iso8601]",
    "\uD800",
    "constructor",
  ])("rejects %j", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });

  it("accepts every zone of the runtime, so the zone data is at least as new", () => {
    for (const name of Intl.supportedValuesOf("timeZone")) expect(isTimeZone(name), name).toBe(true);
  });
});
