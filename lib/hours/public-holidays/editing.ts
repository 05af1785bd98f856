import type { Holiday } from "@/lib/hours/schedule/contract";
import type { MonthDay } from "@/lib/platform/time/calendar";
import { dayNumber } from "@/lib/platform/time/year-calendar";
import type { PublicHoliday } from "./contract";

/** Maximum number of holidays per agent; see `holidaysSchema`. */
export const maxHolidays = 366;

/** Maximum length of a holiday name, in characters. */
export const maxHolidayName = 255;

/** A holiday with its index in the saved list, which API errors refer to. */
export interface Entry {
  readonly holiday: Holiday;
  readonly index: number;
}

/** Returns the holidays sorted by date, then by list order. */
export function byDate(holidays: readonly Holiday[]): Entry[] {
  return holidays
    .map((holiday, index) => ({ holiday, index }))
    .sort((a, b) => dateKey(a.holiday) - dateKey(b.holiday) || a.index - b.index);
}

/** Returns a sortable number for a date of the year. */
export function dateKey({ month, day }: MonthDay): number {
  return month * 32 + day;
}

export function groupByDate(holidays: readonly Holiday[]): Map<number, Entry[]> {
  const groups = new Map<number, Entry[]>();
  for (const entry of byDate(holidays)) {
    const key = dateKey(entry.holiday);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}

/** Returns whether the list has this name on this date. `except` is the index of the entry being edited. */
export function isListed(holidays: readonly Holiday[], holiday: Holiday, except?: number): boolean {
  return holidays.some(
    (each, index) =>
      index !== except && dateKey(each) === dateKey(holiday) && sameName(each.name, holiday.name),
  );
}

/** Compares names regardless of case, apostrophe style and Unicode normalization. */
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

/** A public holiday that can be added to a list. */
export interface Candidate {
  readonly id: string;
  readonly holiday: Holiday;
  /** Date as days since 1970-01-01. */
  readonly date: number;
  /** Whether the date is the same every year. If not, the entry is right only for the year in its name. */
  readonly isFixed: boolean;
  /** `listed`: the list already has it. `taken`: the list has another holiday on that date. */
  readonly state: "new" | "listed" | "taken";
}

/**
 * Returns the entries that public holidays could add to a list, without duplicates: fixed dates in calendar
 * order, then movable ones by date.
 */
export function candidatesFrom(
  publicHolidays: readonly PublicHoliday[],
  list: readonly Holiday[],
): Candidate[] {
  const found = new Map<string, Candidate>();
  // Entries repeat every year, so a later date of a movable holiday would mark a wrong day until then.
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

/** Appends a suffix and cuts the name to the maximum length. */
function shorten(name: string, ending: string): string {
  return [...name.trim()].slice(0, maxHolidayName - ending.length).join("") + ending;
}

/** Returns the country of a time zone; undefined if the runtime knows none. */
export function countryOfZone(timezone: string, countries: readonly string[]): string | undefined {
  const own = runtimeName(timezone);
  return countries.find((country) => {
    const zones = zonesOf(country);
    return zones.includes(timezone) || zones.includes(own);
  });
}

/** Runtimes may use another name of the zone than the IANA database, or not know a new one. */
function runtimeName(timezone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone;
  } catch {
    return timezone;
  }
}

/** A method or, in older engines, a property. TypeScript's library has neither. */
interface LocaleWithZones extends Intl.Locale {
  getTimeZones?: () => string[] | undefined;
  timeZones?: string[];
}

function zonesOf(country: string): readonly string[] {
  const locale: LocaleWithZones = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

export function isLeapDay({ month, day }: MonthDay): boolean {
  return month === 2 && day === 29;
}
