import { listHolidayCountries } from "@/lib/holidays/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listHolidayCountries, async ({ query }) => ({
    data: await getServices().holidays.countries(query.language),
  })),
);
