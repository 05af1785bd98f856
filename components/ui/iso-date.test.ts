import { CalendarDate, IslamicUmalquraCalendar, toCalendar } from "@internationalized/date";
import { expect, test } from "vitest";
import { dateOf, isoOf } from "./iso-date";

test("an ISO date survives a round trip", () => {
  const day = dateOf("2028-02-29");
  expect(day).toEqual(new CalendarDate(2028, 2, 29));
  expect(day && isoOf(day)).toBe("2028-02-29");
});

test.each([null, undefined, "", "2026-02-30x", "yesterday", "2026-13-01"])("%s is not a date", (text) => {
  expect(dateOf(text)).toBeNull();
});

test("a date in another calendar is written as its ISO date", () => {
  const islamic = toCalendar(new CalendarDate(2026, 5, 31), new IslamicUmalquraCalendar());
  expect(islamic.year).toBe(1447);
  expect(isoOf(islamic)).toBe("2026-05-31");
});
