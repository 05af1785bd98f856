import {
  type StoredHours,
  type StoredVersion,
  toIntervals,
  toStoredHours,
} from "@/lib/hours/schedule/stored";
import { epochDay, type Weekday, weekdays } from "@/lib/platform/time/calendar";
import { zoneClock } from "@/lib/platform/time/wall-clock";
import type { Schedule, ScheduleDraft } from "./contract";
import type { RecordedHours } from "./recorded";

/** Converts versions from API to stored form; null for `always`. */
export function toStoredVersions(
  { always, versions }: Pick<ScheduleDraft, "always" | "versions">,
  timezone: string,
): StoredVersion[] | null {
  if (always) return null;
  const stored = versions.map(({ effectiveFrom, week }) => {
    const days: Partial<Record<Weekday, StoredHours[]>> = {};
    for (const weekday of weekdays) {
      const intervals = week[weekday];
      if (intervals && intervals.length > 0) days[weekday] = toStoredHours(intervals);
    }
    return { from: effectiveFrom ?? null, fromAt: null, week: days };
  });
  return datedIn(timezone, stored);
}

/** Converts versions from stored to API form. */
export function toVersions(stored: readonly StoredVersion[] | null): RecordedHours["schedule"] {
  if (!stored) return { always: true, versions: [] };
  return {
    always: false,
    versions: stored.map(({ from, week }) => {
      const days: Schedule["versions"][number]["week"] = {};
      for (const weekday of weekdays) {
        const hours = week[weekday];
        if (hours) days[weekday] = toIntervals(hours);
      }
      return { ...(from === null ? {} : { effectiveFrom: from }), week: days };
    }),
  };
}

/** Returns the versions with the times at which their first dates start in a zone. */
export function datedIn(timezone: string, versions: readonly StoredVersion[]): StoredVersion[] {
  return versions.map((version) => ({
    ...version,
    fromAt: version.from === null ? null : startOf(timezone, epochDay(version.from)),
  }));
}

/** Returns when a date starts, in epoch milliseconds; of a date that the zone skipped, when the next one does. */
function startOf(timezone: string, day: number): number {
  return zoneClock(timezone).span(day, 0, 0)?.start ?? startOf(timezone, day + 1);
}
