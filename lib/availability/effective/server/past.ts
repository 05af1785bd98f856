import type { AgentFactsRow } from "@/lib/availability/effective/server/serializer";
import { type CompiledCalendar, compileCalendar } from "@/lib/hours/calendar/compile";
import type { RecurringHours } from "@/lib/hours/calendar/data";
import { versionsOf } from "@/lib/hours/calendar/server/rows";
import { type Holiday, weeklyScheduleSchema } from "@/lib/hours/schedule/contract";
import { toOnlyVersion, toStoredSchedule } from "@/lib/hours/schedule/stored";
import type { StoredInstant } from "@/lib/platform/http/wire";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";

/** Properties that affect availability and whose changes the ledger records. */
export const recordedFacts = [
  "timezone",
  "weeklySchedule",
  "holidays",
  "forwardNumber",
  "wrapUpTime",
] as const;

type RecordedFact = (typeof recordedFacts)[number];

/** Facts about an agent at an earlier time. Facts that are not recorded have their current values. */
export interface PastRow extends AgentFactsRow {
  /** Recorded properties that have changed since, in the API's format; null if absent at that time. */
  then: { [fact in RecordedFact]?: unknown } | null;
  presenceThen: "present" | "idle" | "absent" | null;
  /** When that presence started. */
  presenceSince: StoredInstant;
}

/** Returns the row as it was at `at` (epoch milliseconds). */
export function rowThen({ then, presenceThen, presenceSince, ...row }: PastRow, at: number): AgentFactsRow {
  const past = { ...row, ...presenceOf(presenceThen, presenceSince, row, at) };
  // Membership is as it is now, but nothing can have begun after the time that is asked about.
  if (row.membershipSince !== null && new Date(row.membershipSince).getTime() > at)
    past.membershipSince = null;
  for (const [fact, value] of Object.entries(then ?? {})) Object.assign(past, columnsOf(fact, value));
  return past;
}

/** Converts a value from the ledger, which has the API's format. */
function columnsOf(fact: string, value: unknown): Partial<AgentFactsRow> {
  switch (fact as RecordedFact) {
    case "timezone":
      return { timezone: value as string };
    case "wrapUpTime":
      return { wrapUpTime: value as number };
    case "forwardNumber":
      return { forwardsCalls: (value as { enabled: boolean } | null)?.enabled ?? false };
    case "holidays":
    case "weeklySchedule":
      return {};
  }
}

/**
 * Returns the agent's calendar with the weekly schedule, holidays and time zone of the time that the row is about. All
 * else is as it is now: the ledger does not say what it was.
 */
export function calendarThen({ then }: PastRow, now: CompiledCalendar): CompiledCalendar {
  const recorded = hoursThen(then ?? {});
  if (Object.keys(recorded).length === 0) return now;
  return compileCalendar({ ...now.hours.data, ...recorded, ...now.exceptions });
}

function hoursThen(then: NonNullable<PastRow["then"]>): Partial<RecurringHours> {
  const { timezone, weeklySchedule: week, holidays } = then;
  return {
    ...(timezone !== undefined && { timezone: timezone as string }),
    ...(holidays !== undefined && { holidays: (holidays ?? []) as Holiday[] }),
    ...(week !== undefined && {
      versions: versionsOf(week ? toOnlyVersion(toStoredSchedule(weeklyScheduleSchema.parse(week))) : null),
    }),
  };
}

/**
 * Returns sessions that correspond to the recorded presence. Without a record, the agent counts as present.
 */
function presenceOf(
  state: PastRow["presenceThen"],
  since: StoredInstant,
  { policy }: AgentFactsRow,
  at: number,
): Pick<AgentFactsRow, "clock" | "sessions" | "presence"> {
  const began = new Date(since);
  const instant = new Date(at);
  if (state === "absent")
    return { clock: instant, sessions: [], presence: { state, since: began, lastSeenAt: null } };
  const idleAfter = (policy?.idleAfterMinutes ?? 0) * MINUTE_MS;
  const lastInputAt = state === "idle" ? new Date(began.getTime() - idleAfter) : instant;
  const session = { endedAt: null, endsAt: new Date(at + DAY_MS), lastInputAt, lastSeenAt: instant };
  return { clock: instant, sessions: [session], presence: null };
}
