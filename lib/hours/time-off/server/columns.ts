import { endsTooEarly, type TimeOffChange, type TimeOffDraft } from "@/lib/hours/time-off/contract";
import {
  type Decision,
  minuteOf,
  type TimeOffColumns,
  type TimeOffRow,
  timesOut,
} from "@/lib/hours/time-off/server/row";
import type { TimeOffTypeRow } from "@/lib/hours/time-off/server/types-repository";
import { ApiError } from "@/lib/platform/http/errors";
import type { Actor } from "@/lib/platform/security/permissions";
import { earlyEnd } from "@/lib/platform/time/calendar";

// Converts requests to columns.

/** Returns the initial state of time off of a type. */
export const stateBy = ({ approval }: Pick<TimeOffTypeRow, "approval">) =>
  approval === "automatic" ? ("approved" as const) : ("requested" as const);

export const decisionBy = (
  actor: Actor,
  now: Date,
): Omit<Decision, "comment"> & { comment: string | null } => ({
  deciderKind: actor.kind,
  deciderId: actor.id,
  deciderName: actor.name,
  decidedAt: now,
  comment: null,
});

export function columnsOf(draft: TimeOffDraft): TimeOffColumns {
  return {
    typeId: draft.typeId,
    startDate: draft.startDate,
    endDate: draft.endDate,
    startMinute: minuteOf(draft.startTime),
    endMinute: minuteOf(draft.endTime),
    note: draft.note ?? null,
    publicNote: draft.publicNote ?? null,
    delegateAgentId: draft.delegateAgentId ?? null,
  };
}

export function changedColumns(before: TimeOffRow, change: TimeOffChange): TimeOffColumns {
  const kept = <T>(value: T | undefined, old: T): T => (value === undefined ? old : value);
  return {
    typeId: change.typeId ?? before.typeId,
    startDate: change.startDate ?? before.startDate,
    endDate: change.endDate ?? before.endDate,
    startMinute: change.startTime === undefined ? before.startMinute : minuteOf(change.startTime),
    endMinute: change.endTime === undefined ? before.endMinute : minuteOf(change.endTime),
    note: kept(change.note, before.note),
    publicNote: kept(change.publicNote, before.publicNote),
    delegateAgentId: kept<string | null>(change.delegateAgentId, before.delegateAgentId),
  };
}

/** Throws `InvalidTimeOff` if a change leaves the end before the start. */
export function requireEndsLater(columns: TimeOffColumns): void {
  const property = earlyEnd(timesOut(columns));
  if (property)
    throw new ApiError("InvalidTimeOff", `The end must be after the start. Check ${property}.`, {
      details: { [property]: [endsTooEarly] },
    });
}
