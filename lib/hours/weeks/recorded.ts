import type { IntervalOfDay } from "@/lib/hours/schedule/contract";
import type { Schedule, Travel } from "./contract";

/** Fields of the ledger about an agent's hours that are not properties of the agent. */
export interface RecordedHours {
  timezone: string;
  schedule: Pick<Schedule, "always" | "versions">;
  travel: Travel["travel"];
  /** Only changed overrides. */
  override: { date: string; intervals: IntervalOfDay[]; note?: string | undefined }[];
  holidayCalendars: { id: string; name: string }[];
  /** Only changed memberships. `offset` is the number of weeks that the agent is ahead. */
  rotation: {
    id: string;
    name: string;
    offset: number;
    from?: string | undefined;
    until?: string | undefined;
    /** Set if the rotation itself changed: its zone, and the date on which its weeks take effect. */
    timezone?: string | undefined;
    weeksFrom?: string | undefined;
    /** Set if a shift of the rotation changed. */
    shift?: { id: string; intervals: IntervalOfDay[]; worksOnHolidays: boolean } | undefined;
  }[];
}
