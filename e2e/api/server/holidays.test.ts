import { beforeAll, describe, expect, test } from "vitest";
import { call } from "@/e2e/support/api/client";
import { expectRefusal, makeWorkspace, type TestWorkspace } from "@/e2e/support/api/fixtures";
import type { HolidayCountry, PublicHoliday } from "@/lib/hours/public-holidays/contract";

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const countries = (query: Record<string, string> = {}) =>
  call<{ results: HolidayCountry[] }>("listHolidayCountries", { as: here.viewer.auth, query });
const holidays = (countryCode: string, query: Record<string, string> = {}) =>
  call<{ results: PublicHoliday[] }>("listPublicHolidays", {
    as: here.viewer.auth,
    params: { countryCode },
    query,
  });
const named = (results: PublicHoliday[], name: string) => results.find((each) => each.name === name);

describe("the countries", () => {
  test("are listed by name with their regions, in English by default", async () => {
    const { status, body } = await countries();
    expect(status).toBe(200);
    expect(body.results.length).toBeGreaterThan(180);
    expect(new Set(body.results.map((each) => each.code)).size).toBe(body.results.length);
    const order = new Intl.Collator("en");
    for (const list of [body.results, ...body.results.map((each) => each.regions)])
      expect(list.map((each) => each.name)).toEqual(
        list.map((each) => each.name).toSorted((a, b) => order.compare(a, b)),
      );
    const germany = body.results.find((each) => each.code === "DE");
    expect(germany?.name).toBe("Germany");
    expect(germany?.regions).toHaveLength(16 + 7);
    expect(germany?.regions).toContainEqual({ code: "BE", name: "Berlin" });
  });

  test("are named in the requested language", async () => {
    const { body } = await countries({ language: "de-CH" });
    const name = (code: string) => body.results.find((each) => each.code === code)?.name;
    expect([name("DE"), name("BR"), name("CH")]).toEqual(["Deutschland", "Brasilien", "Schweiz"]);
  });

  test("all have holidays", async () => {
    const { body } = await countries();
    for (const { code } of body.results.filter((_, index) => index % 20 === 0))
      expect((await holidays(code)).body.results.length, code).toBeGreaterThan(0);
  });
});

describe("the holidays of a country", () => {
  test("are sorted by next date, and say whether their date is fixed", async () => {
    const { status, body } = await holidays("de", { language: "de" });
    expect(status).toBe(200);
    const first = body.results.map((each) => each.dates[0] ?? "");
    expect(first).toEqual(first.toSorted());
    // Two days of tolerance for time zones.
    expect(Date.parse(first[0] ?? "")).toBeGreaterThan(Date.now() - 2 * 86_400_000);
    for (const { day, month, dates } of body.results) {
      expect(dates).toHaveLength(2);
      expect(dates[0]?.slice(5)).toBe([month, day].map((part) => String(part).padStart(2, "0")).join("-"));
    }
    expect(named(body.results, "1. Weihnachtstag")).toMatchObject({ day: 25, month: 12, recurring: true });
    expect(named(body.results, "Karfreitag")).toMatchObject({ recurring: false });
    expect(named(body.results, "Allerheiligen")).toBeUndefined();
  });

  test("can be limited to a region or a part of it", async () => {
    const bavaria = (await holidays("DE", { region: "BY" })).body.results;
    expect(named(bavaria, "All Saints' Day")).toMatchObject({ day: 1, month: 11, recurring: true });
    const augsburg = (await holidays("DE", { region: "BY.A" })).body.results;
    expect(augsburg.some((each) => each.day === 8 && each.month === 8 && each.recurring)).toBe(true);
    expect(augsburg.length).toBeGreaterThan(bavaria.length);
  });

  test("are named in English if the language has no name for them", async () => {
    const { body } = await holidays("DE", { language: "eo" });
    expect(named(body.results, "Christmas Day")).toBeDefined();
  });

  test("list each day of a holiday that lasts several days", async () => {
    const { body } = await holidays("SA");
    const days = body.results.filter((each) => each.name.startsWith("End of Ramadan"));
    expect(days.length).toBeGreaterThanOrEqual(4);
    expect(days.every((each) => !each.recurring)).toBe(true);
  });
});

test("unknown and malformed parameters are rejected", async () => {
  expectRefusal(await holidays("QQ"), 404, "CountryNotFound");
  expectRefusal(await holidays("DEU"), 400, "BadRequest");
  for (const region of ["ZZ", "BY.ZZ", "BY.A.B", "constructor", "by"])
    expectRefusal(await holidays("DE", { region }), 400, "InvalidQuery", ["region"]);
  expectRefusal(await holidays("CU", { region: "X" }), 400, "InvalidQuery", ["region"]);
  for (const language of ["no such language", "-", "x".repeat(36)]) {
    expectRefusal(await holidays("DE", { language }), 400, "InvalidQuery", ["language"]);
    expectRefusal(await countries({ language }), 400, "InvalidQuery", ["language"]);
  }
  expectRefusal(await call("listHolidayCountries"), 401, "Unauthorized");
});
