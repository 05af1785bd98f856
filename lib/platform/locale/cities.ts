import type { Language } from "./locales";

/** What a language calls the cities of time zones, by the zone's IANA name; without those it spells as IANA does. */
export type CityNames = Readonly<Record<string, string>>;

const sources: Record<Language, () => Promise<CityNames>> = {
  en: async () => ({}),
  de: async () => (await import("./cities/de.json")).default,
  ar: async () => (await import("./cities/ar.json")).default,
};

/** The names of cities in a language, from Unicode CLDR. */
export const loadCityNames = (language: Language): Promise<CityNames> => sources[language]();
