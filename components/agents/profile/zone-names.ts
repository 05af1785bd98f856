import { zoneName } from "@/lib/platform/time/format";
import { offsetMinutes } from "@/lib/platform/time/offset";

/** The city that a zone is named after: "America/Argentina/Buenos_Aires" is "Buenos Aires". */
export function cityOf(timezone: string): string {
  return zoneName(timezone).split("/").at(-1) ?? timezone;
}

/** How far a zone is from UTC, in words: "GMT+5:45" of 345 minutes. */
export function offsetName(minutes: number): string {
  if (minutes === 0) return "GMT";
  const distance = Math.abs(minutes);
  const rest = distance % 60;
  const hours = `${minutes < 0 ? "-" : "+"}${Math.floor(distance / 60)}`;
  return `GMT${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/** What people call the time of a zone: "Nepal Time". Empty for a zone that the browser is too old to know. */
export function genericName(timezone: string, locale: string, now: Date): string {
  try {
    const format = new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: "longGeneric" });
    return format.formatToParts(now).find(({ type }) => type === "timeZoneName")?.value ?? "";
  } catch {
    return "";
  }
}

/** Whether two zones show another time at an instant. */
export const differAt = (a: string, b: string, now: Date): boolean =>
  offsetMinutes(a, now.getTime()) !== offsetMinutes(b, now.getTime());
