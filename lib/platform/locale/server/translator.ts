import type { Messages } from "@/lib/platform/locale/messages";
import { translatorFor } from "@/lib/platform/locale/translation";
import { getReading } from "./reading";

/** The texts of one area in the language of whoever asked, for what the server writes, such as titles. */
export async function getTranslations<Area extends keyof Messages>(area: Area) {
  return translatorFor(area, await getReading());
}
