import { queryOptions } from "@tanstack/react-query";
import { listHolidayCountries, listPublicHolidays } from "@/lib/hours/public-holidays/client/calls";
import { request } from "@/lib/platform/client/request";

/** Public holidays rarely change; one read per visit is enough. */
const staleTime = Number.POSITIVE_INFINITY;

/** Query of the countries with known public holidays, sorted by name. */
export function holidayCountriesQuery(language: string) {
  return queryOptions({
    queryKey: ["holidays", "countries", language],
    queryFn: async ({ signal }) =>
      (await request(listHolidayCountries, { params: {}, query: { language }, signal })).data.results,
    staleTime,
  });
}

/** Query of a country's or region's public holidays. */
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
