import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTranslator } from "use-intl/core";
import { chooseReading } from "@/lib/platform/locale/locales";

/** The languages that tests run in. */
export type Language = "en" | "ar";

/** The text of an entry of a catalogue, with values put in: `t("delete.question", { count: 3 })`. */
export type Messages = (key: string, values?: Record<string, string | number | Date>) => string;

export interface Catalogue {
  [key: string]: string | Catalogue;
}

/**
 * The texts of one area of the product in a language, from the catalogue that the product reads, so that a test finds a
 * button by what it is called in any language.
 */
export function readMessages(language: Language, area: string, timeZone: string): Messages {
  const file = fileURLToPath(
    new URL(`../../../lib/platform/locale/messages/${language}/${area}.json`, import.meta.url),
  );
  if (!existsSync(file)) throw new Error(`There is no catalogue ${file}.`);
  // Numbers and dates in it are those of a region: ٤٠ in Egypt, 40 in the Emirates.
  const { locale } = chooseReading(language, null);
  return translator(locale, JSON.parse(readFileSync(file, "utf8")), timeZone);
}

/** The texts of a catalogue. A key that it does not have is an error: shown as itself, it would be searched for. */
export function translator(locale: string, messages: Catalogue, timeZone: string): Messages {
  const translate = createTranslator<Catalogue>({
    locale,
    messages,
    timeZone,
    onError: (error) => {
      throw error;
    },
  });
  return translate as Messages;
}
