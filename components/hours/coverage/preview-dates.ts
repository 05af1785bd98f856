import { riskDayLimit } from "@/lib/agents/coverage/values";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";

/**
 * Returns the dates of a preview of changes from one local date to another. Agents in other time zones start or end on
 * the workspace's date before or after. Without an end, the server chooses it.
 */
export function previewDates(from: string, to?: string): { from: string; to?: string } {
  const first = epochDay(from) - 1;
  return {
    from: isoDate(first),
    ...(to === undefined ? {} : { to: isoDate(Math.min(epochDay(to) + 1, first + riskDayLimit - 1)) }),
  };
}
