import { createTranslator } from "use-intl/core";
import { loadMessages, type Messages } from "./messages";
import { getReading } from "./reading";

/** The texts of one area in the language of whoever asked, for what the server writes, such as titles. */
export async function getTranslations<Area extends keyof Messages>(area: Area) {
  const { language, locale } = await getReading();
  return createTranslator({ locale, messages: await loadMessages(language), namespace: area });
}
