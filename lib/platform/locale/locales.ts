/** The languages that there are complete catalogues for. */
export const languages = ["en", "de", "ar"] as const;

export type Language = (typeof languages)[number];

/** What a person's choice of language, theme and workspace is kept in, for a year. */
export const languageCookie = "rollcall-locale";
export const themeCookie = "rollcall-theme";
export const workspaceCookie = "rollcall-workspace";

/** Light, dark, or whatever the system says. */
export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

/** Each language in its own words. */
export const languageNames: Record<Language, string> = { en: "English", de: "Deutsch", ar: "العربية" };

/** The region whose dates and numbers are shown where the browser names none for the language. */
const usualRegions: Record<Language, string> = { en: "en-US", de: "de-DE", ar: "ar-EG" };

export const directionOf = (language: Language): "ltr" | "rtl" => (language === "ar" ? "rtl" : "ltr");

/** How a person reads: in which language, and whose dates, numbers, first day of the week and hours of the clock. */
export interface Reading {
  language: Language;
  /** A BCP 47 tag of that language. */
  locale: string;
}

const isLanguage = (value: string | undefined): value is Language =>
  (languages as readonly (string | undefined)[]).includes(value);

/** The theme that a cookie names; `system` where it names none. */
export function themeOf(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system";
}

/**
 * How to write to somebody: in the language they chose, else the first one of `Accept-Language` that there is a catalogue
 * for, else English; with the region that the browser names for that language.
 */
export function chooseReading(chosen: string | undefined, acceptLanguage: string | null): Reading {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = Number(
        parameters
          .find((each) => each.trim().startsWith("q="))
          ?.trim()
          .slice(2) ?? 1,
      );
      return { tag: tag.trim(), quality: Number.isNaN(quality) ? 0 : quality };
    })
    .filter(({ tag, quality }) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
  const languageIn = (tag: string) => tag.split("-", 1)[0]?.toLowerCase();
  const language = isLanguage(chosen) ? chosen : (wanted.map(languageIn).find(isLanguage) ?? "en");
  const tag = wanted.find((each) => languageIn(each) === language && each.includes("-"));
  return { language, locale: (tag && canonical(tag)) ?? usualRegions[language] };
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
