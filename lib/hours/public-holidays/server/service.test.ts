import { expect, it } from "vitest";
import { createHolidayService } from "./service";

const holidays = createHolidayService();
const regionOf = async (language: string, country: string, code: string) =>
  (await holidays.countries(language)).results
    .find((each) => each.code === country)
    ?.regions.find((each) => each.code === code);

it("regions have a name in the reader's language if known, and the local and English names", async () => {
  expect(await regionOf("en-US", "DE", "BY")).toEqual({
    code: "BY",
    name: "Bavaria",
    otherNames: ["Bayern"],
  });
  expect(await regionOf("de", "DE", "BY")).toEqual({ code: "BY", name: "Bayern", otherNames: ["Bavaria"] });
  expect(await regionOf("ar", "DE", "BY")).toEqual({ code: "BY", name: "Bayern", otherNames: ["Bavaria"] });
  expect(await regionOf("en", "DE", "BE")).toEqual({ code: "BE", name: "Berlin" });
  expect((await regionOf("en", "DE", "BY.A"))?.name).toMatch(/^Bavaria, /);
});

it("countries have their local name as well", async () => {
  const { results } = await holidays.countries("ar");
  expect(results.find(({ code }) => code === "DE")?.otherNames).toEqual(["Deutschland", "Germany"]);
});

it("names holidays in languages that other countries' calendars have, and ignores the rest of a tag", async () => {
  const now = new Date("2026-11-30T12:00:00Z");
  const names = async (language: string) =>
    (await holidays.list({ countryCode: "CN", language }, now)).results.map(({ name }) => name);
  const german = await names("de");
  expect(german).toContain("Neujahr");
  expect(await names("de-a1b2c")).toEqual(german);
  expect(await names("xyz")).toEqual(await names("en"));
});
