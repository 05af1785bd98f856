import { cookies, headers } from "next/headers";
import {
  chooseReading,
  languageCookie,
  type Reading,
  type Theme,
  themeCookie,
  themeOf,
} from "@/lib/platform/locale/locales";

/** How whoever asked for this page reads; for pages and layouts. */
export async function getReading(): Promise<Reading> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  return chooseReading(jar.get(languageCookie)?.value, sent.get("accept-language"));
}

/** The theme that was chosen in this browser; for the root layout, so that nothing flashes. */
export async function getTheme(): Promise<Theme> {
  return themeOf((await cookies()).get(themeCookie)?.value);
}
