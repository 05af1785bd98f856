import type { Language } from "./locales";

/** Localized city names by IANA zone id; zones without an entry use IANA's spelling. */
export type CityNames = Readonly<Record<string, string>>;

const sources: Record<Language, () => Promise<CityNames>> = {
  en: async () => ({}),
  de: async () => (await import("./cities/de.json")).default,
  ar: async () => (await import("./cities/ar.json")).default,
};

/** Loads the city names of a language (source: Unicode CLDR). */
export const loadCityNames = (language: Language): Promise<CityNames> => sources[language]();
