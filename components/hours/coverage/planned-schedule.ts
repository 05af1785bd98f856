import type { CoverageDraft } from "@/lib/agents/coverage/client/queries";
import { hasOverlaps, isSameWeek } from "@/lib/hours/schedule/editing";
import type { Schedule } from "@/lib/hours/weeks/contract";
import { previewDates } from "./preview-dates";

type Hours = Pick<Schedule, "always" | "versions">;

/** Returns the week in force on a date; undefined for always. */
function weekOn({ always, versions }: Hours, date: string) {
  if (always) return undefined;
  return (
    versions.findLast(({ effectiveFrom }) => effectiveFrom === undefined || effectiveFrom <= date)?.week ?? {}
  );
}

/** Returns the first date from `today` on whose week differs. */
function firstDifference(saved: Hours, edited: Hours, today: string): string | undefined {
  const starts = [saved, edited].flatMap(({ versions }) =>
    versions.flatMap(({ effectiveFrom }) => (effectiveFrom && effectiveFrom > today ? [effectiveFrom] : [])),
  );
  return [today, ...starts.sort()].find((date) => {
    const [before, after] = [weekOn(saved, date), weekOn(edited, date)];
    return before && after ? !isSameWeek(before, after) : before !== after;
  });
}

/**
 * Returns the preview of edited weekly hours, from the first date that they change. Null if hours overlap, or if
 * nothing changes from `today` on.
 */
export function plannedSchedule(
  agentId: string,
  saved: Hours,
  edited: Hours,
  today: string,
): CoverageDraft | null {
  const from = firstDifference(saved, edited, today);
  if (from === undefined || edited.versions.some(({ week }) => hasOverlaps(week))) return null;
  const changes = edited.always
    ? [{ type: "schedule" as const, agentId, week: null }]
    : edited.versions.map(({ effectiveFrom, week }) => ({
        type: "schedule" as const,
        agentId,
        week,
        ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
      }));
  const dates = previewDates(from);
  return { changes, ...dates, ...(from === today ? { from } : {}) };
}
