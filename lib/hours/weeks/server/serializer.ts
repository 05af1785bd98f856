import { toIntervals } from "@/lib/hours/schedule/stored";
import type { Override } from "@/lib/hours/weeks/contract";
import type { RecordedHours } from "@/lib/hours/weeks/recorded";
import type { OverrideRow } from "@/lib/hours/weeks/server/repository";
import { optional, timestamp } from "@/lib/platform/http/wire";

type Recorded = Pick<OverrideRow, "date" | "intervals" | "note">;

/** Returns an override as the ledger records it. */
export function recordedOverride({ date, intervals, note }: Recorded): RecordedHours["override"][number] {
  return { date, intervals: toIntervals(intervals), ...optional("note", note) };
}

/** Returns the ledger's field of an override; empty without one. */
export function overrideField(row: Recorded | undefined): Partial<RecordedHours> {
  return row ? { override: [recordedOverride(row)] } : {};
}

export function serializeOverride(row: OverrideRow): Override {
  return {
    agentId: row.agentId,
    date: row.date,
    intervals: toIntervals(row.intervals),
    ...optional("note", row.note),
    source: row.source,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}
