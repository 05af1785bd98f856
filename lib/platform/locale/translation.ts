import { createTranslator } from "use-intl/core";
import type { Reading } from "./locales";
import { loadMessages, type Messages } from "./messages";

/** Returns the translator of one area. */
export async function translatorFor<Area extends keyof Messages>(area: Area, { language, locale }: Reading) {
  return createTranslator({ locale, messages: await loadMessages(language), namespace: area });
}
