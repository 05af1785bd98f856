import { setImmediate } from "node:timers/promises";
import type Holidays from "date-holidays";
import type { HolidayCountry, PublicHoliday } from "@/lib/hours/public-holidays/contract";
import {
  calendarLanguages,
  daysOff,
  type Occurrence,
  upcomingHolidays,
  yearsLookedAt,
} from "@/lib/hours/public-holidays/rules";
import { ApiError } from "@/lib/platform/http/errors";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { localDate } from "@/lib/platform/time/wall-clock";

/** Maximum cached responses: enough for every country in two languages. */
const maxKept = 500;

interface Place {
  countryCode: string;
  region?: string | undefined;
  language: string;
}

/** Returns a lookup of English ISO 3166-2 region names, by country and code. */
async function englishRegionNames(): Promise<(country: string, code: string) => string | undefined> {
  const { default: data } = await import("cldr-subdivisions-full/subdivisions/en/en.json");
  const names: Record<string, string> = data.subdivisions.localeDisplayNames.subdivisions;
  return (country, code) => {
    const key = `${country}${code}`.toLowerCase();
    return Object.hasOwn(names, key) ? names[key] : undefined;
  };
}

const placeOf = ({ countryCode, region }: Omit<Place, "language">) =>
  region === undefined ? countryCode : `${countryCode}.${region}`;

/** Returns a name with its alternatives for search. */
function named(name: string, ...others: (string | undefined)[]): { name: string; otherNames?: string[] } {
  const otherNames = [...new Set(others.flatMap((each) => each ?? []))].filter((each) => each !== name);
  return otherNames.length > 0 ? { name, otherNames } : { name };
}

/** Lists public holidays by country, from the date-holidays package. */
export function createHolidayService() {
  /** Loaded on first use: the calendars take about 40 MB of memory. */
  let loading: Promise<typeof Holidays> | undefined;
  const load = () => {
    loading ??= import("date-holidays").then((module) => module.default);
    return loading;
  };

  /** All languages of the calendars. Clients choose the language, and an unknown one would be computed again. */
  let languages: Promise<ReadonlySet<string>> | undefined;
  const existing = () => {
    languages ??= listLanguages();
    return languages;
  };
  async function listLanguages(): Promise<ReadonlySet<string>> {
    const Calendar = await load();
    const found = new Set<string>();
    for (const country of Object.keys(new Calendar().getCountries())) {
      for (const language of new Calendar(country).getLanguages()) found.add(language);
      await setImmediate();
    }
    return found;
  }

  const calendars = new Map<string, Promise<Occurrence[]>>();

  /** Lunar calendars can take a second to compute, so this yields to the event loop after each year. */
  async function occurrences(calendar: Holidays, first: number, years: number): Promise<Occurrence[]> {
    const found: Occurrence[] = [];
    for (let year = first; year < first + years; year++) {
      for (const { type, rule, substitute, name, date, start, end } of calendar.getHolidays(year)) {
        // Rounding absorbs clock changes and drops holidays much shorter than a day.
        const days = Math.round((end.getTime() - start.getTime()) / DAY_MS);
        if (type === "public" && days > 0)
          found.push({ rule: `${substitute ?? false} ${rule}`, name, date: date.slice(0, 10), days });
      }
      await setImmediate();
    }
    return found;
  }

  function remembered(
    calendar: Holidays,
    which: readonly unknown[],
    first: number,
    years: number,
  ): Promise<Occurrence[]> {
    const key = JSON.stringify([...which, first, years]);
    if (!calendars.has(key) && calendars.size >= maxKept) calendars.clear();
    const known = calendars.get(key) ?? occurrences(calendar, first, years);
    calendars.set(key, known);
    return known;
  }

  /** Returns which part of a place has no public holidays, if any. */
  async function unknownPart({
    countryCode,
    region,
  }: Omit<Place, "language">): Promise<"country" | "region" | undefined> {
    const all = new (await load())();
    if (!Object.hasOwn(all.getCountries(), countryCode)) return "country";
    const [state, part, ...more] = region?.split(".") ?? [];
    const isUnknown =
      (state !== undefined && !Object.hasOwn(all.getStates(countryCode) ?? {}, state)) ||
      (part !== undefined && !Object.hasOwn(all.getRegions(countryCode, state ?? "") ?? {}, part)) ||
      more.length > 0;
    return isUnknown ? "region" : undefined;
  }

  return {
    /** Lists the countries with their regions, sorted by name in the given language. */
    async countries(language: string): Promise<{ results: HolidayCountry[] }> {
      const all = new (await load())();
      const english = await englishRegionNames();
      const order = new Intl.Collator(language);
      const byName = (a: { name: string }, b: { name: string }) => order.compare(a.name, b.name);
      const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
      const englishCountries = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
      const isEnglish = new Intl.Locale(language).language === "en";
      const regions = (country: string) => {
        const local = all.getStates(country) ?? {};
        return Object.entries(all.getStates(country, language) ?? {}).flatMap(([code, known]) => {
          const inEnglish = english(country, code);
          const name = (isEnglish && inEnglish) || known;
          const localParts = all.getRegions(country, code) ?? {};
          return [
            { code, ...named(name, local[code], inEnglish) },
            ...Object.entries(all.getRegions(country, code, language) ?? {}).map(([part, partName]) => ({
              code: `${code}.${part}`,
              ...named(
                `${name}, ${partName}`,
                `${local[code]}, ${localParts[part]}`,
                inEnglish && `${inEnglish}, ${partName}`,
              ),
            })),
          ];
        });
      };
      const local = all.getCountries();
      const results = Object.entries(all.getCountries(language)).map(([code, name]) => ({
        code,
        ...named(names.of(code) ?? name, local[code], englishCountries.of(code)),
        regions: regions(code).sort(byName),
      }));
      return { results: results.sort(byName) };
    },

    /**
     * Lists the upcoming public holidays of a place. Throws `CountryNotFound`, or `InvalidQuery` for an
     * unknown region.
     */
    async list({ countryCode, region, language }: Place, now: Date): Promise<{ results: PublicHoliday[] }> {
      const unknown = await unknownPart({ countryCode, region });
      if (unknown === "country")
        throw new ApiError(
          "CountryNotFound",
          "There are no public holidays for this country. GET /api/holidays/countries lists the supported countries.",
        );
      if (unknown === "region")
        throw new ApiError("InvalidQuery", "Some query parameters are not valid. Check region.", {
          details: {
            region: ["is not a region of this country. GET /api/holidays/countries lists the regions."],
          },
        });

      const languages = calendarLanguages(language, await existing());
      const place = placeOf({ countryCode, region });
      const calendar = new (await load())(place, { languages });
      const today = localDate(calendar.getTimezones()[0] ?? "UTC", now.getTime());
      const year = Number(today.slice(0, 4));
      return {
        results: upcomingHolidays(await remembered(calendar, [place, languages], year, yearsLookedAt), today),
      };
    },

    unknownPart,

    /** Returns the days off of whole years in a known place, by date, with their English names. */
    async daysOf(
      place: Omit<Place, "language">,
      first: number,
      years: number,
    ): Promise<{ date: string; name: string }[]> {
      const calendar = new (await load())(placeOf(place), { languages: ["en"] });
      return daysOff(await remembered(calendar, [placeOf(place), ["en"]], first, years));
    },
  };
}

export type HolidayService = ReturnType<typeof createHolidayService>;
