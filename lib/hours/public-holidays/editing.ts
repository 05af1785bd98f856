import type { Holiday } from "@/lib/hours/schedule/contract";
import type { MonthDay } from "@/lib/platform/time/calendar";
import { dayNumber } from "@/lib/platform/time/year-calendar";
import type { PublicHoliday } from "./contract";

/** The most holidays that an agent can have: see `holidaysSchema`. */
export const maxHolidays = 366;

/** The longest name of a holiday, in characters. */
export const maxHolidayName = 255;

/** A holiday and its place in the list that is saved, which is what errors name it by. */
export interface Entry {
  readonly holiday: Holiday;
  readonly index: number;
}

/** The holidays by date, those of one date in the order of the list. */
export function byDate(holidays: readonly Holiday[]): Entry[] {
  return holidays
    .map((holiday, index) => ({ holiday, index }))
    .sort((a, b) => dateKey(a.holiday) - dateKey(b.holiday) || a.index - b.index);
}

/** A number for each date of the year, rising with it. */
export function dateKey({ month, day }: MonthDay): number {
  return month * 32 + day;
}

/** The holidays of each date, by `dateKey`. */
export function groupByDate(holidays: readonly Holiday[]): Map<number, Entry[]> {
  const groups = new Map<number, Entry[]>();
  for (const entry of byDate(holidays)) {
    const key = dateKey(entry.holiday);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}

/** Whether the list has a holiday of this name on this date, besides the one at `except`. */
export function isListed(holidays: readonly Holiday[], holiday: Holiday, except?: number): boolean {
  return holidays.some(
    (each, index) =>
      index !== except && dateKey(each) === dateKey(holiday) && sameName(each.name, holiday.name),
  );
}

/** Names are compared as people read them: whatever the case, the apostrophe, the form of accents. */
function sameName(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

function folded(name: string): string {
  return name
    .trim()
    .normalize("NFC")
    .replace(/[’ʼ`´]/g, "'")
    .toLowerCase();
}

/** A public holiday as an entry that could be added to a list. */
export interface Candidate {
  readonly id: string;
  readonly holiday: Holiday;
  /** The date it stands for, as a calendar day counted from 1970-01-01. */
  readonly date: number;
  /** Whether it is on this date every year. One that is not is only right in the year of its date, which its name says. */
  readonly isFixed: boolean;
  /** `listed`: the list has it already; `taken`: the list has another holiday on that date; else `new`. */
  readonly state: "new" | "listed" | "taken";
}

/**
 * What public holidays would add to a list: one entry each. Those that keep their date come first, in the order of the
 * year; then those that move, by date. Duplicates come once.
 */
export function candidatesFrom(
  publicHolidays: readonly PublicHoliday[],
  list: readonly Holiday[],
): Candidate[] {
  const found = new Map<string, Candidate>();
  // An entry repeats every year, so a later date of one that moves would mark a wrong day in the years before it.
  for (const { name, recurring, dates } of publicHolidays)
    for (const iso of dates.slice(0, 1)) {
      const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
      const holiday = { name: shorten(name, recurring ? "" : ` ${year}`), day, month };
      const id = `${dateKey(holiday)} ${holiday.name.toLowerCase()}`;
      if (found.has(id)) continue;
      const state = isListed(list, holiday)
        ? "listed"
        : list.some((each) => dateKey(each) === dateKey(holiday))
          ? "taken"
          : "new";
      found.set(id, { id, holiday, date: dayNumber({ year, month, day }), isFixed: recurring, state });
    }
  const all = [...found.values()];
  return [
    ...all.filter(({ isFixed }) => isFixed).sort((a, b) => dateKey(a.holiday) - dateKey(b.holiday)),
    ...all.filter(({ isFixed }) => !isFixed).sort((a, b) => a.date - b.date),
  ];
}

/** The name with an ending, within the length that a name may have. */
function shorten(name: string, ending: string): string {
  return [...name.trim()].slice(0, maxHolidayName - ending.length).join("") + ending;
}

/** The country that a time zone lies in, as far as the runtime knows. */
export function countryOfZone(timezone: string, countries: readonly string[]): string | undefined {
  const own = runtimeName(timezone);
  return countries.find((country) => {
    const zones = zonesOf(country);
    return zones.includes(timezone) || zones.includes(own);
  });
}

/** Runtimes know a zone by one of its names, not always by that of the IANA database, and the newest not at all. */
function runtimeName(timezone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone;
  } catch {
    return timezone;
  }
}

/** Engines have it as a method or, older ones, as a property; TypeScript knows neither. */
interface LocaleWithZones extends Intl.Locale {
  getTimeZones?: () => string[] | undefined;
  timeZones?: string[];
}

function zonesOf(country: string): readonly string[] {
  const locale: LocaleWithZones = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** Whether it is 29 February, which comes in leap years alone. */
export function isLeapDay({ month, day }: MonthDay): boolean {
  return month === 2 && day === 29;
}
