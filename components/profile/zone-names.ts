import { zoneName } from "@/lib/time/format";
import { offsetMinutes } from "@/lib/time/offset";

/** The city that a zone is named after: "America/Argentina/Buenos_Aires" is "Buenos Aires". */
export function cityOf(timezone: string): string {
  return zoneName(timezone).split("/").at(-1) ?? timezone;
}

const part = (timezone: string, locale: string, style: "shortOffset" | "longGeneric", now: Date) =>
  new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: style })
    .formatToParts(now)
    .find(({ type }) => type === "timeZoneName")?.value ?? "";

/** How far a zone is from UTC at an instant, in words such as "GMT+5:45". */
export const offsetName = (timezone: string, now: Date): string => part(timezone, "en", "shortOffset", now);

/** What people call the time of a zone: "Nepal Time". */
export const genericName = (timezone: string, locale: string, now: Date): string =>
  part(timezone, locale, "longGeneric", now);

/** Whether two zones show another time at an instant. */
export const differAt = (a: string, b: string, now: Date): boolean =>
  offsetMinutes(a, now.getTime()) !== offsetMinutes(b, now.getTime());
