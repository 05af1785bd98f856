import { setImmediate } from "node:timers/promises";
import type Holidays from "date-holidays";
import type { HolidayCountry, PublicHoliday } from "@/lib/holidays/contract";
import { calendarLanguages, type Occurrence, upcomingHolidays, yearsLookedAt } from "@/lib/holidays/rules";
import { ApiError } from "@/lib/http/errors";
import { DAY_MS } from "@/lib/time/calendar";
import { localDate } from "@/lib/time/wall-clock";

/** Answers kept: as many as the world has countries, in a language or two. */
const maxKept = 500;

interface Place {
  countryCode: string;
  region?: string | undefined;
  language: string;
}

/** Public holidays of the world's countries, from the calendars of date-holidays. */
export function createHolidayService() {
  /** Loaded when it is first asked for: the calendars of all countries take some 40 MB. */
  let loading: Promise<typeof Holidays> | undefined;
  const load = () => {
    loading ??= import("date-holidays").then((module) => module.default);
    return loading;
  };

  const calendars = new Map<string, Promise<Occurrence[]>>();

  /** Working out the lunar calendars takes up to a second, so the server is let go on after each year. */
  async function occurrences(calendar: Holidays, first: number): Promise<Occurrence[]> {
    const found: Occurrence[] = [];
    for (let year = first; year < first + yearsLookedAt; year++) {
      for (const { type, rule, substitute, name, date, start, end } of calendar.getHolidays(year)) {
        // An hour more or less is a change of the clocks; what is much shorter than a day is no day off.
        const days = Math.round((end.getTime() - start.getTime()) / DAY_MS);
        if (type === "public" && days > 0)
          found.push({ rule: `${substitute ?? false} ${rule}`, name, date: date.slice(0, 10), days });
      }
      await setImmediate();
    }
    return found;
  }

  return {
    /** The countries whose public holidays are known, with their regions, by name in the language. */
    async countries(language: string): Promise<{ results: HolidayCountry[] }> {
      const all = new (await load())();
      const order = new Intl.Collator(language);
      const byName = (a: { name: string }, b: { name: string }) => order.compare(a.name, b.name);
      const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
      const regions = (country: string) =>
        Object.entries(all.getStates(country, language) ?? {}).flatMap(([code, name]) => [
          { code, name },
          ...Object.entries(all.getRegions(country, code, language) ?? {}).map(([part, partName]) => ({
            code: `${code}.${part}`,
            name: `${name}, ${partName}`,
          })),
        ]);
      const results = Object.entries(all.getCountries(language)).map(([code, name]) => ({
        code,
        name: names.of(code) ?? name,
        regions: regions(code).sort(byName),
      }));
      return { results: results.sort(byName) };
    },

    /** The public holidays of a place from now on. Throws `CountryNotFound`, `InvalidQuery` for an unknown region. */
    async list({ countryCode, region, language }: Place, now: Date): Promise<{ results: PublicHoliday[] }> {
      const Calendar = await load();
      const all = new Calendar();
      if (!Object.hasOwn(all.getCountries(), countryCode))
        throw new ApiError(
          "CountryNotFound",
          "The public holidays of this country are not known; GET /api/holidays/countries lists those that are.",
        );
      const [state, part, ...more] = region?.split(".") ?? [];
      if (
        (state !== undefined && !Object.hasOwn(all.getStates(countryCode) ?? {}, state)) ||
        (part !== undefined && !Object.hasOwn(all.getRegions(countryCode, state ?? "") ?? {}, part)) ||
        more.length > 0
      )
        throw new ApiError("InvalidQuery", "The query can't be read: check region.", {
          details: { region: ["is no region of this country; GET /api/holidays/countries lists them."] },
        });

      const languages = calendarLanguages(language);
      const place = [countryCode, state, part].filter((each) => each !== undefined).join(".");
      const calendar = new Calendar(place, { languages });
      const today = localDate(calendar.getTimezones()[0] ?? "UTC", now.getTime());
      const year = Number(today.slice(0, 4));
      const key = JSON.stringify([place, languages, year]);
      if (!calendars.has(key) && calendars.size >= maxKept) calendars.clear();
      const known = calendars.get(key) ?? occurrences(calendar, year);
      calendars.set(key, known);
      return { results: upcomingHolidays(await known, today) };
    },
  };
}
