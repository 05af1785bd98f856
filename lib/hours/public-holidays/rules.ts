import type { PublicHoliday } from "@/lib/hours/public-holidays/contract";
import { DAY_MS } from "@/lib/platform/time/calendar";

/**
 * Years that are looked at to tell whether a holiday keeps its date. A date falls on each day of the week within any
 * twelve years, so one that moves off a Sunday is seen to move.
 */
export const yearsLookedAt = 12;

/** One time that a rule of a country's calendar gives days off. */
export interface Occurrence {
  /** Names the rule; what it gives in another year is the same holiday. */
  rule: string;
  name: string;
  /** The first day off: `YYYY-MM-DD`. */
  date: string;
  /** How many days off in a row. */
  days: number;
}

/**
 * The holidays of a calendar from `today` (`YYYY-MM-DD`) on, by their next date. `occurrences` are those of
 * `yearsLookedAt` years from the year of `today` on. Each day of a holiday of several days is one of its own.
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
      // Two rules may name the same day, such as a holiday that was made anew in the law.
      const key = `${dates[0]} ${name}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** Whether the dates are one in each of the years looked at, always on the same day of the same month. */
function keepsItsDate(dates: readonly string[]): boolean {
  return (
    dates.length === yearsLookedAt &&
    new Set(dates.map((date) => date.slice(0, 4))).size === yearsLookedAt &&
    new Set(dates.map((date) => date.slice(4))).size === 1
  );
}

function dayAfter(date: string, days: number): string {
  return days === 0 ? date : new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

function compare(a = "", b = ""): number {
  return a < b ? -1 : Number(a > b);
}

/** Under these names the calendars keep languages whose tag is another one. */
const namedOtherwise: Record<string, string> = { ja: "jp", cs: "cz", ka: "ge", nb: "no", nn: "no" };

/** The names under which the calendars may keep a language, the closest first; English, which they always have, last. */
export function calendarLanguages(tag: string): string[] {
  const full = tag.toLowerCase();
  const [language = full] = full.split("-");
  return [...new Set([full, language, namedOtherwise[language] ?? language, "en"])];
}
