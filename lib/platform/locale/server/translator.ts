import type { Messages } from "@/lib/platform/locale/messages";
import { translatorFor } from "@/lib/platform/locale/translation";
import { getReading } from "./reading";

/**
 * Returns the translator of one area for the current page request, for server-rendered texts such as titles.
 */
export async function getTranslations<Area extends keyof Messages>(area: Area) {
  return translatorFor(area, await getReading());
}
