import { readCookie } from "@/lib/platform/http/cookies";
import { chooseReading, languageCookie, type Reading } from "@/lib/platform/locale/locales";

/** Returns the language and formats of a request: from the language cookie, else from `Accept-Language`. */
export const readingOf = (headers: Headers): Reading =>
  chooseReading(readCookie(headers.get("cookie"), languageCookie), headers.get("accept-language"));
