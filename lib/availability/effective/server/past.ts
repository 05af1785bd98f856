import type { AgentFactsRow } from "@/lib/availability/effective/server/serializer";
import { type Holiday, weeklyScheduleSchema } from "@/lib/hours/schedule/contract";
import { toStoredSchedule } from "@/lib/hours/schedule/stored";
import type { StoredInstant } from "@/lib/platform/http/wire";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";

/** Properties that matter to availability and whose changes the ledger records. */
export const recordedFacts = [
  "timezone",
  "weeklySchedule",
  "holidays",
  "forwardNumber",
  "wrapUpTime",
] as const;

type RecordedFact = (typeof recordedFacts)[number];

/** What is known about an agent at an earlier time, beside what is not recorded and therefore as it is now. */
export interface PastRow extends AgentFactsRow {
  /** Recorded properties that have changed since, as in the API; null for one that was absent. */
  then: { [fact in RecordedFact]?: unknown } | null;
  presenceThen: "present" | "idle" | "absent" | null;
  /** When that presence began. */
  presenceSince: StoredInstant;
}

/** Returns the row as it was at `at` (epoch milliseconds). */
export function rowThen({ then, presenceThen, presenceSince, ...row }: PastRow, at: number): AgentFactsRow {
  const past = { ...row, ...presenceOf(presenceThen, presenceSince, row, at) };
  for (const [fact, value] of Object.entries(then ?? {})) Object.assign(past, columnsOf(fact, value));
  return past;
}

/** Converts a value of the ledger, which has the shape of the API. */
function columnsOf(fact: string, value: unknown): Partial<AgentFactsRow> {
  switch (fact as RecordedFact) {
    case "timezone":
      return { timezone: value as string };
    case "wrapUpTime":
      return { wrapUpTime: value as number };
    case "holidays":
      return { holidays: (value ?? []) as Holiday[] };
    case "weeklySchedule":
      return { weeklySchedule: value ? toStoredSchedule(weeklyScheduleSchema.parse(value)) : null };
    case "forwardNumber":
      return { forwardsCalls: (value as { enabled: boolean } | null)?.enabled ?? false };
  }
}

/** Returns sessions that mean the recorded presence. Without a record, the agent counts as present. */
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
