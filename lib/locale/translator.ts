import type { Messages } from "./messages";
import { getReading } from "./reading";
import { translatorFor } from "./translation";

/** The texts of one area in the language of whoever asked, for what the server writes, such as titles. */
export async function getTranslations<Area extends keyof Messages>(area: Area) {
  return translatorFor(area, await getReading());
}
