import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { createSchema } from "zod-openapi";
import { longestMonth } from "@/lib/platform/time/calendar";
import {
  holidayResponseSchema,
  holidaysSchema,
  timezoneSchema,
  weeklyScheduleResponseSchema,
  weeklyScheduleSchema,
} from "./contract";

/** Formats issues as "path: message"; unknown properties get their own path. */
function issues(schema: z.ZodType, value: unknown): string[] {
  return (schema.safeParse(value).error?.issues ?? []).flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${[...issue.path, key].join(".")}: unknown`)
      : [`${issue.path.join(".")}: ${issue.message}`],
  );
}

const nine = { hour: 9, minute: 0 };
const five = { hour: 17, minute: 30 };

describe("timezoneSchema", () => {
  it("returns an alias as sent", () => {
    expect(timezoneSchema.parse("Asia/Calcutta")).toBe("Asia/Calcutta");
    expect(timezoneSchema.parse("us/pacific")).toBe("us/pacific");
  });

  it.each(["+02:00", "GMT+2", "", "Europe/Berlin\0", "\uD800"])(
    "rejects %j and says what to send",
    (value) => {
      expect(issues(timezoneSchema, value)).toEqual([expect.stringContaining("must be an IANA time zone")]);
    },
  );

  it("rejects a non-string", () => {
    expect(issues(timezoneSchema, 2)).toEqual([": must be a string."]);
  });
});

describe("weeklyScheduleSchema", () => {
  it("accepts an empty schedule, null for days off, and shifts past midnight", () => {
    const night = { from: five, to: nine };
    expect(weeklyScheduleSchema.parse({})).toEqual({});
    expect(weeklyScheduleSchema.parse({ monday: null, sunday: night })).toEqual({
      monday: null,
      sunday: night,
    });
    expect(weeklyScheduleSchema.parse({ friday: { from: nine, to: nine } })).toEqual({
      friday: { from: nine, to: nine },
    });
  });

  it("reports every invalid field", () => {
    expect(
      issues(weeklyScheduleSchema, {
        monday: { from: { hour: 24, minute: -1 }, to: { hour: "9", minute: 0.5, second: 0 } },
        tuesday: { from: nine },
        wednesday: 5,
        thursday: { from: [], to: five, off: true },
        funday: null,
      }).sort(),
    ).toEqual([
      "funday: unknown",
      "monday.from.hour: must be a whole number from 0 to 23.",
      "monday.from.minute: must be a whole number from 0 to 59.",
      "monday.to.hour: must be a whole number from 0 to 23.",
      "monday.to.minute: must be a whole number from 0 to 59.",
      "monday.to.second: unknown",
      'thursday.from: must be an object such as {"hour": 9, "minute": 30}.',
      "thursday.off: unknown",
      'tuesday.to: must be an object such as {"hour": 9, "minute": 30}.',
      'wednesday: must be an object such as {"from": {"hour": 9, "minute": 0}, "to": {"hour": 17, "minute": 30}}.',
    ]);
  });

  it.each([null, [], "always", 7])("rejects %j, which is not a schedule", (value) => {
    expect(issues(weeklyScheduleSchema, value)).toHaveLength(1);
  });
});

describe("weeklyScheduleResponseSchema", () => {
  it("has no null days", () => {
    expect(weeklyScheduleResponseSchema.parse({ monday: { from: nine, to: five } })).toEqual({
      monday: { from: nine, to: five },
    });
    expect(weeklyScheduleResponseSchema.safeParse({ monday: null }).success).toBe(false);
  });
});

describe("holidaysSchema", () => {
  it("accepts all 366 dates of a leap year and trims names", () => {
    const all = Array.from({ length: 12 }, (_, index) => index + 1).flatMap((month) =>
      Array.from({ length: longestMonth(month) }, (_, index) => ({
        name: " Day off ",
        day: index + 1,
        month,
      })),
    );
    expect(holidaysSchema.parse(all)).toEqual(all.map((holiday) => ({ ...holiday, name: "Day off" })));
    expect(issues(holidaysSchema, [...all, { name: "One more", day: 1, month: 1 }])).toEqual([
      ": must have at most 366 holidays. Remove some.",
    ]);
  });

  it("rejects the 31st of a shorter month and accepts 29 February", () => {
    expect(issues(holidaysSchema, [{ name: "Spring", day: 31, month: 4 }])).toEqual([
      "0.day: must be at most 30 in month 4.",
    ]);
    expect(issues(holidaysSchema, [{ name: "Leap", day: 30, month: 2 }])).toEqual([
      "0.day: must be at most 29 in month 2.",
    ]);
    expect(issues(holidaysSchema, [{ name: "Leap", day: 29, month: 2 }])).toEqual([]);
  });

  it("rejects duplicates by date and trimmed name, at the second one", () => {
    const newYear = { name: "New Year", day: 1, month: 1 };
    expect(
      issues(holidaysSchema, [newYear, { ...newYear, day: 2 }, { ...newYear, name: " New Year" }]),
    ).toEqual(["2: is the same holiday as number 1 in the list. Remove one of them."]);
    expect(issues(holidaysSchema, [newYear, { ...newYear, name: "Neujahr" }])).toEqual([]);
  });

  it("counts a name's length in code points", () => {
    expect(issues(holidaysSchema, [{ name: "🎉".repeat(255), day: 1, month: 1 }])).toEqual([]);
    expect(issues(holidaysSchema, [{ name: "🎉".repeat(256), day: 1, month: 1 }])).toEqual([
      "0.name: must have at most 255 characters.",
    ]);
  });

  it("reports every invalid field, including rules across fields", () => {
    const twin = { name: "Twin", day: 1, month: 5 };
    expect(
      issues(holidaysSchema, [
        { name: " ", day: 31, month: 4, year: 2026 },
        { name: "a\0", day: 32, month: 2 },
        { day: 31, month: 6 },
        twin,
        { ...twin, note: "" },
        null,
        { name: "x", day: 1.5, month: 13 },
      ]).sort(),
    ).toEqual([
      "0.day: must be at most 30 in month 4.",
      "0.name: must not be empty.",
      "0.year: unknown",
      "1.day: must be a whole number from 1 to 31.",
      "1.name: must not contain the character NUL (U+0000). Remove it.",
      "2.day: must be at most 30 in month 6.",
      "2.name: must be a string.",
      "4.note: unknown",
      "4: is the same holiday as number 4 in the list. Remove one of them.",
      '5: must be an object such as {"name": "New Year", "day": 1, "month": 1}.',
      "6.day: must be a whole number from 1 to 31.",
      "6.month: must be a whole number from 1 to 12.",
    ]);
  });

  it.each([null, {}, "none"])("rejects %j, which is not a list", (value) => {
    expect(issues(holidaysSchema, value)).toEqual([": must be a list of holidays. Send [] for none."]);
  });
});

describe("schemas in the API document", () => {
  it.each(["input", "output"] as const)("become JSON schemas for %s", (io) => {
    expect(createSchema(weeklyScheduleSchema, { io }).schema).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: { monday: { anyOf: [{ type: "object" }, { type: "null" }] } },
    });
    expect(createSchema(weeklyScheduleResponseSchema, { io }).schema).toMatchObject({
      properties: {
        monday: {
          type: "object",
          required: ["from", "to"],
          properties: { from: { properties: { hour: { type: "integer", minimum: 0, maximum: 23 } } } },
        },
      },
    });
    const name = { type: "string", minLength: 1, maxLength: 255 };
    expect(createSchema(holidaysSchema, { io }).schema).toMatchObject({
      type: "array",
      maxItems: 366,
      items: { additionalProperties: false, required: ["name", "day", "month"], properties: { name } },
    });
    expect(createSchema(holidayResponseSchema, { io }).schema).toMatchObject({ type: "object" });
    expect(createSchema(timezoneSchema, { io }).schema).toMatchObject({ type: "string" });
  });
});
