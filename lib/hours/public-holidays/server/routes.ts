import { listHolidayCountries, listPublicHolidays } from "@/lib/hours/public-holidays/contract";
import { route } from "@/lib/platform/http/server/route";

export const holidayRoutes = [
  route(listHolidayCountries, async ({ query }, { holidays }) => ({
    data: await holidays.countries(query.language),
  })),
  route(listPublicHolidays, async ({ params, query, now }, { holidays }) => ({
    data: await holidays.list({ ...params, ...query }, now),
  })),
];
