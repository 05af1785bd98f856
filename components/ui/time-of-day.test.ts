import { expect, test } from "vitest";
import { dayTimes, idOfTime, timeOfId } from "./time-of-day";

test("the times of a day start at midnight and end before the next midnight", () => {
  const times = dayTimes(30);
  expect(times).toHaveLength(48);
  expect(times[0]).toEqual({ hour: 0, minute: 0 });
  expect(times.at(-1)).toEqual({ hour: 23, minute: 30 });
});

test("a step that does not divide a day ends before midnight too", () => {
  expect(dayTimes(50).at(-1)).toEqual({ hour: 23, minute: 20 });
});

test("a time survives a round trip through its ID", () => {
  for (const time of dayTimes(7)) expect(timeOfId(idOfTime(time))).toEqual(time);
  expect(idOfTime({ hour: 9, minute: 5 })).toBe("09:05");
});
