import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTranslator } from "use-intl/core";

/** The languages that tests run in. */
export type Language = "en" | "ar";

/** The text of an entry of a catalogue, with values put in: `t("delete.question", { count: 3 })`. */
export type Messages = (key: string, values?: Record<string, string | number | Date>) => string;

interface Catalogue {
  [key: string]: string | Catalogue;
}

/**
 * The texts of one area of the product in a language, read from the catalogue that the product reads, so that a test
 * finds a button by what it is called in any language. Time zone is that of the test.
 */
export function readMessages(language: Language, area: string, timeZone: string): Messages {
  const file = fileURLToPath(new URL(`../../lib/locale/messages/${language}/${area}.json`, import.meta.url));
  if (!existsSync(file)) throw new Error(`There is no catalogue ${file}.`);
  const messages: Catalogue = JSON.parse(readFileSync(file, "utf8"));
  const translate = createTranslator<Catalogue>({
    locale: language,
    messages,
    timeZone,
    // Left alone, a key that does not exist would be shown in place of its text, and searched for.
    onError: (error) => {
      throw error;
    },
  });
  return translate as Messages;
}
