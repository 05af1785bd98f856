import { describe, expect, it } from "vitest";
import { offsetMinutes } from "./offset";

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
});
