import { listPublicHolidays } from "@/lib/holidays/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listPublicHolidays, async ({ params, query, now }) => ({
    data: await getServices().holidays.list({ ...params, ...query }, now),
  })),
);
