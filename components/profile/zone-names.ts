/** The city that a zone is named after: "America/Argentina/Buenos_Aires" is "Buenos Aires". */
export function cityOf(timezone: string): string {
  return (timezone.split("/").at(-1) ?? timezone).replaceAll("_", " ");
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

/** How far a zone is ahead of UTC at an instant, in minutes. */
export function offsetMinutes(timezone: string, now: Date): number {
  const found = /([+-])(\d+)(?::(\d+))?/.exec(offsetName(timezone, now));
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return found[1] === "-" ? -minutes : minutes;
}

/** Whether two zones show another time at an instant. */
export const differAt = (a: string, b: string, now: Date): boolean =>
  offsetMinutes(a, now) !== offsetMinutes(b, now);
