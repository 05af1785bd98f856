import { zoneName } from "@/lib/platform/time/format";
import { offsetMinutes } from "@/lib/platform/time/offset";

/** Returns the city in a zone's name: "Buenos Aires" for "America/Argentina/Buenos_Aires". */
export function cityOf(timezone: string): string {
  return zoneName(timezone).split("/").at(-1) ?? timezone;
}

/** Formats an offset from UTC: "GMT+5:45" for 345 minutes. */
export function offsetName(minutes: number): string {
  if (minutes === 0) return "GMT";
  const distance = Math.abs(minutes);
  const rest = distance % 60;
  const hours = `${minutes < 0 ? "-" : "+"}${Math.floor(distance / 60)}`;
  return `GMT${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/**
 * Returns the common name of a zone's time, such as "Nepal Time"; empty if the browser does not know the
 * zone.
 */
export function genericName(timezone: string, locale: string, now: Date): string {
  try {
    const format = new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: "longGeneric" });
    return format.formatToParts(now).find(({ type }) => type === "timeZoneName")?.value ?? "";
  } catch {
    return "";
  }
}

/** Returns whether two zones show different times at an instant. */
export const differAt = (a: string, b: string, now: Date): boolean =>
  offsetMinutes(a, now.getTime()) !== offsetMinutes(b, now.getTime());
