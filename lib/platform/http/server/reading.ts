import { readCookie } from "@/lib/platform/http/cookies";
import { chooseReading, languageCookie, type Reading } from "@/lib/platform/locale/locales";

/** How whoever sent this request reads: the language that they chose in our pages, else the one of their browser. */
export const readingOf = (headers: Headers): Reading =>
  chooseReading(readCookie(headers.get("cookie"), languageCookie), headers.get("accept-language"));
