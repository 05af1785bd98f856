import { createTranslator } from "use-intl/core";
import type { Reading } from "./locales";
import { loadMessages, type Messages } from "./messages";

/** The texts of one area, as somebody reads. */
export async function translatorFor<Area extends keyof Messages>(area: Area, { language, locale }: Reading) {
  return createTranslator({ locale, messages: await loadMessages(language), namespace: area });
}
