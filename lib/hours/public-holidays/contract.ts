import { z } from "zod";
import { operation, signedIn } from "@/lib/platform/http/operation";

const otherNames = z
  .array(z.string())
  .optional()
  .meta({
    description: "The local and the English name, where they differ from `name`.",
    example: ["Bayern"],
  });

/** A region with its own public holidays. */
const regionSchema = z.strictObject({
  code: z
    .string()
    .meta({ description: "What `region` takes; a part of a part comes after a dot.", example: "BY.A" }),
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
    day: z.int().min(1).max(31).meta({ description: "Of the next date." }),
    month: z.int().min(1).max(12).meta({ description: "Of the next date." }),
    recurring: z.boolean().meta({
      description:
        "Whether it falls on this day of this month every year, as Christmas does and Easter does not.",
    }),
    dates: z
      .array(z.iso.date())
      .min(1)
      .max(2)
      .meta({
        description: "The next two dates, as far as they are known.",
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
    description: "BCP 47. Names come in this language where they are known in it.",
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
  summary: "List the countries and regions whose public holidays are known",
  access: signedIn,
  params: z.object({}),
  query: z.strictObject({ language: languageParameter }),
  success: {
    status: 200,
    description: "The countries by name, each with its regions by name.",
    body: z.strictObject({ results: z.array(holidayCountrySchema) }),
  },
  errors: [],
});

export const listPublicHolidays = operation({
  id: "listPublicHolidays",
  method: "GET",
  path: `${many}/{countryCode}`,
  tag: "Public holidays",
  summary: "List the public holidays of a country or region",
  description:
    "Whole days off that the law gives everybody there, to choose an agent's holidays from. A holiday of several days is listed once for each. Data by date-holidays, CC BY-SA 3.0.",
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
      .max(20, { error: "is no region of this country; GET /api/holidays/countries lists them." })
      .optional()
      .meta({ description: "A region of the country, by its code; left out: what holds in all of it." }),
    language: languageParameter,
  }),
  success: {
    status: 200,
    description: "The holidays by their next date, from today in that country on.",
    body: z.strictObject({ results: z.array(publicHolidaySchema) }),
  },
  errors: ["BadRequest", "CountryNotFound"],
});
