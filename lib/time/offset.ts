import { DAY_MS } from "./calendar";

/** A zone name comes from requests in any mixture of case, so what is kept of zones must not fill memory. */
const MAX_FORMATS = 1_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (formats.size >= MAX_FORMATS) formats.clear();
  formats.set(timezone, format);
  return format;
}

/**
 * How many milliseconds a zone's clocks are ahead of UTC at an instant (epoch milliseconds); negative west of it. By the
 * data of zones that the runtime has. Throws a RangeError for an unknown zone.
 */
export function offsetAt(timezone: string, instantMs: number): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatFor(timezone).formatToParts(instantMs)) shown[type] = Number(value);
  const { day = 0, hour = 0, minute = 0, second = 0 } = shown;
  // No clock is a day or more from UTC, so which of three days it shows says the date.
  const isDay = (distance: number) => new Date(instantMs + distance * DAY_MS).getUTCDate() === day;
  const days = isDay(0) ? 0 : isDay(1) ? 1 : -1;
  const wholeSeconds = Math.floor(instantMs / 1_000) * 1_000;
  const sinceMidnight = wholeSeconds - Math.floor(instantMs / DAY_MS) * DAY_MS;
  return days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1_000 - sinceMidnight;
}

/** The same in minutes, for what is shown. */
export function offsetMinutes(timezone: string, instantMs: number): number {
  return Math.round(offsetAt(timezone, instantMs) / 60_000);
}
