import { cookies, headers } from "next/headers";
import {
  chooseReading,
  languageCookie,
  type Reading,
  type Theme,
  themeCookie,
  themeOf,
} from "@/lib/platform/locale/locales";

/** Returns the language and formats for the current page request. */
export async function getReading(): Promise<Reading> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  return chooseReading(jar.get(languageCookie)?.value, sent.get("accept-language"));
}

/** Returns the chosen theme. Read on the server, so that the first paint has the right colors. */
export async function getTheme(): Promise<Theme> {
  return themeOf((await cookies()).get(themeCookie)?.value);
}
