import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createSchema } from "zod-openapi";
import { text } from "./text";

const messages = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => issue.message) ?? [];

describe("text", () => {
  it("counts code points, not UTF-16 units", () => {
    expect(text({ max: 3 }).safeParse("👋👋👋").success).toBe(true);
    expect(text({ max: 3 }).safeParse("👋👋👋👋").success).toBe(false);
    expect(text({ min: 2, max: 3 }).safeParse("👋").success).toBe(false);
  });

  it.each([
    "\u200b",
    "\u200e\u200f",
    "\u2066\u2069",
    "\u00ad",
    "\u2060",
    "\u3164",
    "\uffa0",
    "\u115f",
    "\u2800",
    "\ufe0f",
    "\u034f",
    "\u180e",
    "\u{e0041}",
    "\u0001",
    "\u200b \u200b",
    " \u200d ",
  ])("rejects a name without visible characters: %j", (value) => {
    const name = text({ min: 1, max: 9, trim: true });
    expect(messages(name, value)).toEqual(["must not be empty. Enter at least one visible character."]);
    expect(name.safeParse(`${value}a`).success).toBe(true);
    expect(text({ max: 9, trim: true }).safeParse(value).success).toBe(true);
    expect(text({ min: 1, max: 9 }).safeParse(value).success).toBe(true);
  });

  it.each(["👩‍👩‍👧", "☎️", "می‌خواهم", "한", "・", "."])(
    "keeps joiners and variation selectors in a name: %s",
    (value) => {
      expect(text({ min: 1, max: 9, trim: true }).parse(value)).toBe(value);
    },
  );

  it("trims before counting, but only with trim", () => {
    expect(text({ min: 1, max: 3, trim: true }).parse(" \t abc\n")).toBe("abc");
    expect(messages(text({ min: 1, max: 3, trim: true }), "   ")).toEqual(["must not be empty."]);
    expect(text({ min: 1, max: 5 }).parse("  a  ")).toBe("  a  ");
  });

  it("accepts an empty string unless a minimum is set", () => {
    expect(text({ max: 3 }).parse("")).toBe("");
  });

  it("rejects NUL and lone surrogates at any position", () => {
    expect(messages(text({ max: 9 }), "a\0b")).toHaveLength(1);
    for (const value of ["\uD83D", "a\uDC4B", "\uDC4B\uD83D", "👋\uD83D"])
      expect(messages(text({ max: 9 }), value), JSON.stringify(value)).toHaveLength(1);
  });

  it("reports all problems together", () => {
    expect(messages(text({ max: 2 }), "abc\0\uD800")).toEqual([
      "must have at most 2 characters.",
      "must not contain the character NUL (U+0000). Remove it.",
      "must be well-formed Unicode. Remove the lone surrogate.",
    ]);
    expect(messages(text({ min: 2, max: 2_000 }), "a")).toEqual(["must have at least 2 characters."]);
    expect(messages(text({ max: 2_000 }), "a".repeat(2_001))).toEqual([
      "must have at most 2,000 characters.",
    ]);
    expect(messages(text({ max: 1 }), "ab")).toEqual(["must have at most 1 character."]);
    expect(messages(text({ max: 1 }), 7)).toEqual(["must be a string."]);
  });

  it.each(["input", "output"] as const)("puts its limits into the JSON schema of an %s", (io) => {
    const schema = text({ min: 1, max: 255, trim: true });
    const limits = { type: "string", minLength: 1, maxLength: 255 };
    expect(z.toJSONSchema(schema, { io })).toMatchObject(limits);
    expect(createSchema(schema, { io }).schema).toMatchObject(limits);
    expect(
      createSchema(z.strictObject({ name: schema.optional().meta({ description: "d" }) }), { io }).schema,
    ).toMatchObject({
      properties: { name: { ...limits, description: "d" } },
    });
    expect(z.toJSONSchema(text({ max: 9 }).meta({ description: "d" }), { io })).not.toHaveProperty(
      "minLength",
    );
  });
});
