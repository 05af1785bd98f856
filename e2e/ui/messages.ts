import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTranslator } from "use-intl/core";

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
  const file = fileURLToPath(new URL(`../../lib/locale/messages/${language}/${area}.json`, import.meta.url));
  if (!existsSync(file)) throw new Error(`There is no catalogue ${file}.`);
  return translator(language, JSON.parse(readFileSync(file, "utf8")), timeZone);
}

/** The texts of a catalogue. A key that it does not have is an error: shown as itself, it would be searched for. */
export function translator(language: Language, messages: Catalogue, timeZone: string): Messages {
  const translate = createTranslator<Catalogue>({
    locale: language,
    messages,
    timeZone,
    onError: (error) => {
      throw error;
    },
  });
  return translate as Messages;
}
