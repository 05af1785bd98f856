import { describe, expect, it } from "vitest";
import { bind, valuesOf } from "@/lib/platform/database/bind";

describe("bind", () => {
  it("numbers the names in order of appearance, each once", () => {
    expect(bind("WHERE id = :id::uuid AND at > :now AND (:now < :end1_x OR id <> :id)")).toEqual({
      text: "WHERE id = $1::uuid AND at > $2 AND ($2 < $3 OR id <> $1)",
      names: ["id", "now", "end1_x"],
    });
  });

  it.each([
    ["a cast", "SELECT id::text, '{}'::jsonb"],
    ["a string", "SELECT ':id', 'it''s :id', to_char(now(), 'HH24:mi:ss')"],
    ["a string with backslash escapes", String.raw`SELECT E'\':id', e'\\', E':id'`],
    ["a quoted identifier", 'SELECT 1 AS ":id", 2 AS "a "":id"'],
    ["a dollar-quoted string", "SELECT $$ ':id $$, $a$ $$ :id $b$ $a$"],
    ["a comment", "SELECT 1 -- it's :id\n, 2"],
    ["a block comment", "SELECT 1 /* it's\n :id */, 2"],
    ["a slice with spaces", "SELECT list[1 : n]"],
  ])("leaves %s alone", (_, text) => {
    expect(bind(text)).toEqual({ text, names: [] });
    expect(bind(`${text}\n, :id`)).toEqual({ text: `${text}\n, $1`, names: ["id"] });
  });

  it("does not take the end of a word for the start of an escaped string", () => {
    expect(bind(String.raw`WHERE name LIKE'\' AND id = :id`).names).toEqual(["id"]);
  });
});

describe("valuesOf", () => {
  const bound = bind("SELECT :b, :a, :b");

  it("returns the values in the order of the numbers", () => {
    expect(valuesOf(bound, { a: 1, b: null })).toEqual([null, 1]);
  });

  it("names the parameter without a value", () => {
    expect(() => valuesOf(bound, { b: 1 })).toThrow("the SQL parameter :a has no value");
    expect(() => valuesOf(bound, { a: undefined, b: 1 })).toThrow(":a has no value");
  });

  it("names the value without a parameter", () => {
    expect(() => valuesOf(bound, { a: 1, b: 2, now: 3 })).toThrow("the SQL has no parameter :now");
  });
});
