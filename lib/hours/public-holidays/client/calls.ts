import type * as contract from "@/lib/hours/public-holidays/contract";
import { call } from "@/lib/platform/client/call";

const many = "/api/holidays/countries";

export const listHolidayCountries = call<typeof contract.listHolidayCountries>("GET", many);
export const listPublicHolidays = call<typeof contract.listPublicHolidays>("GET", `${many}/{countryCode}`);
