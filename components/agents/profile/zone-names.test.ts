import { describe, expect, it } from "vitest";
import { cityOf, differAt, offsetName } from "./zone-names";

const winter = new Date("2027-01-10T12:00:00Z");
const summer = new Date("2027-07-10T12:00:00Z");

describe("zone names", () => {
  it("finds the city of a zone", () => {
    expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
    expect(cityOf("Asia/Katmandu")).toBe("Kathmandu");
    expect(cityOf("UTC")).toBe("UTC");
  });

  it("formats whole and fractional offsets, also west of Greenwich", () => {
    expect([0, 345, -210, 60, -480].map(offsetName)).toEqual([
      "GMT",
      "GMT+5:45",
      "GMT-3:30",
      "GMT+1",
      "GMT-8",
    ]);
  });

  it("compares zones by the time they show, not by name", () => {
    expect(differAt("Europe/Berlin", "Europe/Paris", winter)).toBe(false);
    expect(differAt("Europe/Lisbon", "Europe/London", summer)).toBe(false);
    expect(differAt("Europe/Berlin", "Europe/London", summer)).toBe(true);
  });
});
