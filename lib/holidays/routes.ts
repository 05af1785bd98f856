import { listHolidayCountries, listPublicHolidays } from "@/lib/holidays/contract";
import { route } from "@/lib/http/route";

export const holidayRoutes = [
  route(listHolidayCountries, async ({ query }, { holidays }) => ({
    data: await holidays.countries(query.language),
  })),
  route(listPublicHolidays, async ({ params, query, now }, { holidays }) => ({
    data: await holidays.list({ ...params, ...query }, now),
  })),
];
