import { plannerDayLimit, riskDayLimit } from "@/lib/agents/coverage/values";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";

/**
 * Returns the dates of a preview of changes from one local date to another. Agents in other time zones start or end on
 * the workspace's date before or after. Without an end, it has as many dates as the planner.
 */
export function previewDates(from: string, to?: string): { from: string; to: string } {
  const first = epochDay(from) - 1;
  const last =
    to === undefined ? first + plannerDayLimit - 1 : Math.min(epochDay(to) + 1, first + riskDayLimit - 1);
  return { from: isoDate(first), to: isoDate(last) };
}
