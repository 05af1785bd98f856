import type { TimeOff } from "@/lib/hours/time-off/contract";
import type { View } from "@/lib/hours/time-off/permissions";
import { decisionOf, optional, type StoredDecision, timestamp } from "@/lib/platform/http/wire";
import { epochDay, minuteOfDay, wallTimeOf } from "@/lib/platform/time/calendar";

/** When time off is, by the agent's wall clock. */
export interface TimeOffTimes {
  /** `YYYY-MM-DD`, both included. */
  startDate: string;
  endDate: string;
  /** Wall-clock minutes on the first and the last date; null for the whole date. */
  startMinute: number | null;
  endMinute: number | null;
}

/** The columns that a person can write. */
export interface TimeOffColumns extends TimeOffTimes {
  typeId: string;
  note: string | null;
  publicNote: string | null;
  delegateAgentId: string | null;
}

/** The decision; all null while the request is undecided. */
export interface Decision extends StoredDecision {
  deciderKind: "user" | "accessKey" | "system" | null;
}

export const undecided: Decision = {
  deciderKind: null,
  deciderId: null,
  deciderName: null,
  decidedAt: null,
  comment: null,
};

export interface TimeOffRow extends TimeOffColumns, Decision {
  id: string;
  workspaceId: string;
  agentId: string;
  state: TimeOff["state"];
  source: TimeOff["source"];
  icsUid: string | null;
  createdAt: Date;
  updatedAt: Date;
  /** Of the type. */
  isPrivate: boolean;
}

/** Converts a row, and omits what the caller may not see. */
export function serializeTimeOff(row: TimeOffRow, view: View): TimeOff {
  const seesAll = view === "all";
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    agentId: row.agentId,
    ...(seesAll || !row.isPrivate ? { typeId: row.typeId } : {}),
    state: row.state,
    ...timesOut(row),
    ...(seesAll ? optional("note", row.note) : {}),
    ...optional("publicNote", row.publicNote),
    ...optional("delegateAgentId", row.delegateAgentId),
    ...(seesAll ? decisionOf(row) : {}),
    source: row.source,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}

/** Returns the times in the form of the API. */
export function timesOut({ startDate, endDate, startMinute, endMinute }: TimeOffTimes) {
  return {
    startDate,
    endDate,
    ...optional("startTime", timeOf(startMinute)),
    ...optional("endTime", timeOf(endMinute)),
  };
}

const timeOf = (minute: number | null) => (minute === null ? null : wallTimeOf(minute));

export const minuteOf = (time: { hour: number; minute: number } | null | undefined): number | null =>
  time ? minuteOfDay(time) : null;

/** Returns the times in the form of the calendar engine. */
export function timesForEngine({ startDate, endDate, startMinute, endMinute }: TimeOffTimes) {
  return { startDay: epochDay(startDate), endDay: epochDay(endDate), startMinute, endMinute };
}

/**
 * Returns a half-open range of wall-clock minutes since 1970. For approved time off, a constraint keeps these
 * ranges apart.
 */
export function wallRange({ startDate, endDate, startMinute, endMinute }: TimeOffTimes) {
  return {
    start: epochDay(startDate) * 1440 + (startMinute ?? 0),
    end: epochDay(endDate) * 1440 + (endMinute ?? 1440),
  };
}

export function haveSameTimes(one: TimeOffTimes, other: TimeOffTimes): boolean {
  return (
    one.startDate === other.startDate &&
    one.endDate === other.endDate &&
    one.startMinute === other.startMinute &&
    one.endMinute === other.endMinute
  );
}
