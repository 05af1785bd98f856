import type { PublicHoliday } from "@/lib/hours/public-holidays/contract";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";

/**
 * Years to compare when deciding whether a date is fixed. Within 12 years a date falls on every weekday, so
 * holidays that move off a Sunday are detected.
 */
export const yearsLookedAt = 12;

/** One occurrence of a holiday rule in a country's calendar. */
export interface Occurrence {
  /** Id of the rule: the same in every year. */
  rule: string;
  name: string;
  /** First day off, as `YYYY-MM-DD`. */
  date: string;
  /** Number of consecutive days off. */
  days: number;
}

/**
 * Returns the holidays from `today` (`YYYY-MM-DD`) on, sorted by next date. `occurrences` must cover
 * `yearsLookedAt` years from today's year on. Each day of a multi-day holiday is an entry of its own.
 */
export function upcomingHolidays(occurrences: readonly Occurrence[], today: string): PublicHoliday[] {
  const found = new Map<string, { name: string; dates: string[] }>();
  for (const { rule, name, date, days } of occurrences)
    for (let offset = 0; offset < days; offset++) {
      const key = `${offset} ${rule}`;
      const holiday = found.get(key) ?? { name, dates: [] };
      found.set(key, holiday);
      holiday.dates.push(dayAfter(date, offset));
    }
  const seen = new Set<string>();
  return [...found.values()]
    .flatMap(({ name, dates }) => {
      dates.sort();
      const upcoming = dates.filter((date) => date >= today).slice(0, 2);
      const [year, month, day] = (upcoming[0] ?? "").split("-").map(Number);
      if (!year || !month || !day) return [];
      return [{ name, day, month, recurring: keepsItsDate(dates), dates: upcoming }];
    })
    .sort((a, b) => compare(a.dates[0], b.dates[0]) || Number(b.recurring) - Number(a.recurring))
    .filter(({ name, dates }) => {
      // Two rules can name the same day, for example after a change of the law.
      const key = `${dates[0]} ${name}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** Returns all days off by date. A day of several holidays has all their names. */
export function daysOff(occurrences: readonly Occurrence[]): { date: string; name: string }[] {
  const names = new Map<string, Set<string>>();
  for (const { name, date, days } of occurrences)
    for (let offset = 0; offset < days; offset++) {
      const day = dayAfter(date, offset);
      names.set(day, (names.get(day) ?? new Set()).add(name));
    }
  return [...names]
    .map(([date, all]) => ({ date, name: [...all].join(", ").slice(0, 255) }))
    .sort((a, b) => compare(a.date, b.date));
}

/** Whether the holiday has exactly one date per year, always with the same month and day. */
function keepsItsDate(dates: readonly string[]): boolean {
  return (
    dates.length === yearsLookedAt &&
    new Set(dates.map((date) => date.slice(0, 4))).size === yearsLookedAt &&
    new Set(dates.map((date) => date.slice(4))).size === 1
  );
}

function dayAfter(date: string, days: number): string {
  return days === 0 ? date : isoDate(epochDay(date) + days);
}

function compare(a = "", b = ""): number {
  return a < b ? -1 : Number(a > b);
}

/** Language codes in date-holidays that differ from BCP 47. */
const namedOtherwise: Record<string, string> = { ja: "jp", cs: "cz", ka: "ge", nb: "no", nn: "no" };

/**
 * Returns date-holidays codes for a language tag, closest match first. English, which always exists, comes
 * last. Leaves out languages that are not in `existing`.
 */
export function calendarLanguages(tag: string, existing: ReadonlySet<string>): string[] {
  const full = tag.toLowerCase();
  const [language = full] = full.split("-");
  const wanted = [full, language, namedOtherwise[language] ?? language];
  return [...new Set([...wanted.filter((one) => existing.has(one)), "en"])];
}
