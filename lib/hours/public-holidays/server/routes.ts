import { listHolidayCountries, listPublicHolidays } from "@/lib/hours/public-holidays/contract";
import type { HolidayService } from "@/lib/hours/public-holidays/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ holidays: HolidayService }>();

export const holidayRoutes = [
  route(listHolidayCountries, async ({ query }, { holidays }) => ({
    data: await holidays.countries(query.language),
  })),
  route(listPublicHolidays, async ({ params, query, now }, { holidays }) => ({
    data: await holidays.list({ ...params, ...query }, now),
  })),
];
