import { describe, expect, it } from "vitest";
import { firstWeekday, isWeekendDay, weekOrder } from "./week";

describe("the week of a locale", () => {
  it("starts on the region's first weekday", () => {
    expect(firstWeekday("de-DE")).toBe(0);
    expect(firstWeekday("en-US")).toBe(6);
    expect(firstWeekday("ar-EG")).toBe(5);
    expect(weekOrder("en-US")).toEqual([6, 0, 1, 2, 3, 4, 5]);
  });

  it("has the region's weekend", () => {
    const weekend = (locale: string) => [0, 1, 2, 3, 4, 5, 6].filter((day) => isWeekendDay(locale, day));
    expect(weekend("de-DE")).toEqual([5, 6]);
    expect(weekend("ar-EG")).toEqual([4, 5]);
  });
});
