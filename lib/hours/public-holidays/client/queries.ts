import { queryOptions } from "@tanstack/react-query";
import { listHolidayCountries, listPublicHolidays } from "@/lib/hours/public-holidays/client/calls";
import { request } from "@/lib/platform/client/request";

/** Public holidays change once in years: what was read is good for the visit. */
const staleTime = Number.POSITIVE_INFINITY;

/** The countries whose public holidays are known, by name in the language. */
export function holidayCountriesQuery(language: string) {
  return queryOptions({
    queryKey: ["holidays", "countries", language],
    queryFn: async ({ signal }) =>
      (await request(listHolidayCountries, { params: {}, query: { language }, signal })).data.results,
    staleTime,
  });
}

/** The public holidays of a country or of one of its regions. */
export function publicHolidaysQuery(countryCode: string, region: string | undefined, language: string) {
  return queryOptions({
    queryKey: ["holidays", "public", countryCode, region ?? "", language],
    queryFn: async ({ signal }) =>
      (
        await request(listPublicHolidays, {
          params: { countryCode },
          query: { language, ...(region ? { region } : {}) },
          signal,
        })
      ).data.results,
    staleTime,
  });
}
