/** Languages with a complete set of messages. */
export const languages = ["en", "de", "ar"] as const;

export type Language = (typeof languages)[number];

/** Cookies for the choice of language, theme and workspace; they last one year. */
export const languageCookie = "rollcall-locale";
export const themeCookie = "rollcall-theme";
export const workspaceCookie = "rollcall-workspace";

export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

/** Names of the languages, each in its own language. */
export const languageNames: Record<Language, string> = { en: "English", de: "Deutsch", ar: "العربية" };

/** Locale for formatting if the browser names no region for the language. */
const usualRegions: Record<Language, string> = { en: "en-US", de: "de-DE", ar: "ar-EG" };

export const directionOf = (language: Language): "ltr" | "rtl" => (language === "ar" ? "rtl" : "ltr");

/**
 * The language of the texts, and the locale that decides date and number formats, first weekday and 12 or 24
 * hours.
 */
export interface Reading {
  language: Language;
  /** BCP 47 tag of the same language. */
  locale: string;
}

const isLanguage = (value: string | undefined): value is Language =>
  (languages as readonly (string | undefined)[]).includes(value);

/** Returns the theme in a cookie, or `system`. */
export function themeOf(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system";
}

/**
 * Returns the language from the cookie, else the first supported one of `Accept-Language`, else English; with
 * the region that the browser prefers for it.
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
