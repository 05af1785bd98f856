const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    formats.set(timezone, format);
  }
  return format;
}

/**
 * How many minutes a zone's clocks are ahead of UTC at an instant; negative west of it. By the browser's own data alone, for
 * pages that show many zones and compute with none.
 */
export function offsetMinutes(timezone: string, instantMs: number): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatFor(timezone).formatToParts(instantMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  const wallClock = Date.UTC(year, month - 1, day, hour, minute);
  return Math.round((wallClock - Math.floor(instantMs / 60_000) * 60_000) / 60_000);
}
