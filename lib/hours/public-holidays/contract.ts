import { z } from "zod";
import { operation, response, signedIn } from "@/lib/platform/http/operation";

const otherNames = z
  .array(z.string())
  .optional()
  .meta({
    description: "The local name and the English name, if they differ from `name`.",
    example: ["Bayern"],
  });

/** A region with its own public holidays. */
const regionSchema = z.strictObject({
  code: z
    .string()
    .meta({ description: "A value for `region`. A subregion follows after a dot.", example: "BY.A" }),
  name: z.string(),
  otherNames,
});

/** A country with known public holidays. */
export const holidayCountrySchema = z
  .strictObject({
    code: z.string().meta({ description: "ISO 3166-1 alpha-2." }),
    name: z.string(),
    otherNames,
    regions: z.array(regionSchema),
  })
  .meta({ id: "HolidayCountry" });

/** A public holiday with its dates from today on. */
export const publicHolidaySchema = z
  .strictObject({
    name: z.string(),
    day: z.int().min(1).max(31).meta({ description: "Taken from the next date." }),
    month: z.int().min(1).max(12).meta({ description: "Taken from the next date." }),
    recurring: z.boolean().meta({
      description: "Whether the date is the same every year. True for Christmas, false for Easter.",
    }),
    dates: z
      .array(z.iso.date())
      .min(1)
      .max(2)
      .meta({
        description: "The next two dates, if known.",
        example: ["2027-03-28", "2028-04-16"],
      }),
  })
  .meta({ id: "PublicHoliday" });

export type HolidayCountry = z.output<typeof holidayCountrySchema>;
export type PublicHoliday = z.output<typeof publicHolidaySchema>;

const languageParameter = z
  .string()
  .max(35, { error: "must be a language tag such as de or pt-BR." })
  .refine(isLanguageTag, { error: "must be a language tag such as de or pt-BR." })
  .default("en")
  .meta({
    description: "BCP 47. Names are in this language where available.",
    override: { type: "string", maxLength: 35, default: "en" },
  });

function isLanguageTag(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

const many = "/api/holidays/countries";

export const listHolidayCountries = operation({
  id: "listHolidayCountries",
  method: "GET",
  path: many,
  tag: "Public holidays",
  summary: "List countries and regions with public holidays",
  access: signedIn,
  params: z.object({}),
  query: z.strictObject({ language: languageParameter }),
  success: response.ok(
    "Countries sorted by name, each with its regions sorted by name.",
    z.strictObject({ results: z.array(holidayCountrySchema) }),
  ),
});

export const listPublicHolidays = operation({
  id: "listPublicHolidays",
  method: "GET",
  path: `${many}/{countryCode}`,
  tag: "Public holidays",
  summary: "List the public holidays of a country or region",
  description:
    "Statutory holidays that are full days off. A holiday of several days has an entry for each day. Data from date-holidays, CC BY-SA 3.0.",
  access: signedIn,
  params: z.object({
    countryCode: z
      .string()
      .regex(/^[A-Za-z]{2}$/, { error: "must be an ISO 3166-1 alpha-2 country code, such as DE." })
      .toUpperCase()
      .meta({ description: "ISO 3166-1 alpha-2.", override: { type: "string", pattern: "^[A-Za-z]{2}$" } }),
  }),
  query: z.strictObject({
    region: z
      .string()
      .max(20, { error: "is not a region of this country. GET /api/holidays/countries lists the regions." })
      .optional()
      .meta({ description: "The code of a region. Leave out for the holidays of the whole country." }),
    language: languageParameter,
  }),
  success: response.ok(
    "Holidays sorted by their next date, starting today in that country.",
    z.strictObject({ results: z.array(publicHolidaySchema) }),
  ),
  errors: ["BadRequest", "CountryNotFound"],
});
