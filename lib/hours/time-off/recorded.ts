import type { TimeOff } from "./contract";

/** Approved time off as the ledger records it. Old entries have no id. */
export type RecordedTimeOff = Partial<Pick<TimeOff, "id">> &
  Pick<TimeOff, "startDate" | "endDate" | "startTime" | "endTime">;
