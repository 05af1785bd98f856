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
