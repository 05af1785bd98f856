import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTranslator } from "use-intl/core";
import { chooseReading } from "@/lib/platform/locale/locales";

/** The languages that tests run in. */
export type Language = "en" | "ar";

/** Returns a catalog text with values: `t("delete.question", { count: 3 })`. */
export type Messages = (key: string, values?: Record<string, string | number | Date>) => string;

export interface Catalog {
  [key: string]: string | Catalog;
}

/**
 * Returns the texts of a catalog area in a language, from the product's own catalog, so that tests find
 * elements by name in any language.
 */
export function readMessages(language: Language, area: string, timeZone: string): Messages {
  const file = fileURLToPath(
    new URL(`../../../lib/platform/locale/messages/${language}/${area}.json`, import.meta.url),
  );
  if (!existsSync(file)) throw new Error(`There is no catalog ${file}.`);
  // Digits and dates depend on the region: ٤٠ in Egypt, 40 in the Emirates.
  const { locale } = chooseReading(language, null);
  return translator(locale, JSON.parse(readFileSync(file, "utf8")), timeZone);
}

/**
 * Returns the texts of a catalog. Throws on an unknown key, which would otherwise be used as the text to
 * search for.
 */
export function translator(locale: string, messages: Catalog, timeZone: string): Messages {
  const translate = createTranslator<Catalog>({
    locale,
    messages,
    timeZone,
    onError: (error) => {
      throw error;
    },
  });
  return translate as Messages;
}
