import { describe, expect, it } from "vitest";
import {
  formatDays,
  formatMonthDay,
  formatWallTime,
  isMonthFirst,
  monthName,
  weekdayName,
  zoneName,
} from "./format";

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, " ");

describe("times and dates", () => {
  it("formats a time with the locale's 12 or 24 hours", () => {
    expect(plain(formatWallTime("en-US", { hour: 9, minute: 5 }))).toBe("9:05 AM");
    expect(plain(formatWallTime("en-US", { hour: 0, minute: 0 }))).toBe("12:00 AM");
    expect(formatWallTime("de-DE", { hour: 9, minute: 5 })).toBe("09:05");
    expect(formatWallTime("en-GB", { hour: 23, minute: 59 })).toBe("23:59");
    expect(formatWallTime("ar-EG", { hour: 9, minute: 0 })).toContain("٩:٠٠");
  });

  it("returns weekdays from Monday and months from January", () => {
    expect(weekdayName("en", 0)).toBe("Monday");
    expect(weekdayName("de", 6, "short")).toBe("So");
    expect(monthName("en", 1)).toBe("January");
    expect(monthName("de", 12)).toBe("Dezember");
  });

  it("formats a yearly date", () => {
    expect(formatMonthDay("en-GB", { month: 2, day: 29 })).toBe("29 February");
    expect(formatMonthDay("de", { month: 12, day: 25 })).toBe("25. Dezember");
  });

  it("shortens a range of days", () => {
    expect(formatDays("de", 20780, 20786, { day: "numeric", month: "long", year: "numeric" })).toBe(
      "23.–29. November 2026",
    );
  });

  it("knows whether the locale writes the month first", () => {
    expect(isMonthFirst("en-US")).toBe(true);
    expect(isMonthFirst("en-GB")).toBe(false);
  });
});

describe("zoneName", () => {
  it("uses spaces and the current city name", () => {
    expect(zoneName("America/St_Johns")).toBe("America/St Johns");
    expect(zoneName("Asia/Katmandu")).toBe("Asia/Kathmandu");
  });
});
