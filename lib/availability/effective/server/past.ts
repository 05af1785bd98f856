import type { AgentFactsRow } from "@/lib/availability/effective/server/serializer";
import { type CompiledCalendar, compileCalendar } from "@/lib/hours/calendar/compile";
import type { CalendarExceptions, RecurringHours, TimeOff } from "@/lib/hours/calendar/data";
import { travelOf, versionsOf } from "@/lib/hours/calendar/server/rows";
import { type Holiday, weeklyScheduleSchema } from "@/lib/hours/schedule/contract";
import { toOnlyVersion, toStoredHours, toStoredSchedule } from "@/lib/hours/schedule/stored";
import type { RecordedTimeOff } from "@/lib/hours/time-off/recorded";
import type { RecordedHours } from "@/lib/hours/weeks/recorded";
import { toStoredVersions } from "@/lib/hours/weeks/versions";
import type { StoredInstant } from "@/lib/platform/http/wire";
import { DAY_MS, epochDay, MINUTE_MS, minuteOfDay } from "@/lib/platform/time/calendar";

/** Properties that affect availability and whose changes the ledger records. */
export const recordedFacts = [
  "timezone",
  "travel",
  "weeklySchedule",
  "schedule",
  "holidays",
  "forwardNumber",
  "wrapUpTime",
] as const;

type RecordedFact = (typeof recordedFacts)[number];

/** An entry of the ledger. It lists what it changed, not all that the agent had. */
type ExceptionChange =
  | ({ fact: "override" } & Change<RecordedHours["override"][number]>)
  | ({ fact: "timeOff" } & Change<RecordedTimeOff>);

interface Change<Item> {
  before: Item[] | null;
  after: Item[] | null;
}

/** Facts about an agent at an earlier time. Facts that are not recorded have their current values. */
export interface PastRow extends AgentFactsRow {
  /** Recorded properties that have changed since, in the API's format; null if absent at that time. */
  then: { [fact in RecordedFact]?: unknown } | null;
  /** Changes of overrides and approved time off since then, latest first; null without any. */
  exceptionsSince: ExceptionChange[] | null;
  presenceThen: "present" | "idle" | "absent" | null;
  /** When that presence started. */
  presenceSince: StoredInstant;
}

/** Returns the row as it was at `at` (epoch milliseconds). */
export function rowThen(
  { then, exceptionsSince: _, presenceThen, presenceSince, ...row }: PastRow,
  at: number,
): AgentFactsRow {
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
    case "schedule":
    case "travel":
    case "weeklySchedule":
      return {};
  }
}

/**
 * Returns the agent's calendar at the time that the row is about: weekly hours, travel, time zone, own holidays,
 * overrides and time off. Holiday calendars, rotations and shared shifts are as they are now: the ledger does not say
 * what was in them.
 */
export function calendarThen({ then, exceptionsSince }: PastRow, now: CompiledCalendar): CompiledCalendar {
  if (!then && !exceptionsSince) return now;
  const recorded = hoursThen(then ?? {}, now.hours.data);
  const exceptions = exceptionsThen(exceptionsSince ?? [], now.exceptions);
  return compileCalendar({ ...now.hours.data, ...recorded, ...exceptions });
}

function hoursThen(then: NonNullable<PastRow["then"]>, now: RecurringHours): Partial<RecurringHours> {
  const { weeklySchedule: week, holidays, travel } = then;
  const schedule = then.schedule as RecordedHours["schedule"] | undefined;
  const timezone = (then.timezone as string | undefined) ?? now.timezone;
  return {
    timezone,
    ...(travel !== undefined && { travel: travelOf((travel ?? []) as RecordedHours["travel"]) }),
    ...(holidays !== undefined && { holidays: (holidays ?? []) as Holiday[] }),
    ...(week !== undefined && {
      versions: versionsOf(week ? toOnlyVersion(toStoredSchedule(weeklyScheduleSchema.parse(week))) : null),
    }),
    ...(schedule !== undefined && { versions: versionsOf(toStoredVersions(schedule, timezone)) }),
  };
}

/** Undoes changes, latest first. */
function exceptionsThen(since: readonly ExceptionChange[], now: CalendarExceptions): CalendarExceptions {
  const overrides = new Map(now.overrides.map((override) => [override.day, override]));
  let timeOff = now.timeOff;
  // Public notes are not recorded.
  const noteOf = new Map(now.timeOff.map(({ id, reason }) => [id, reason]));
  for (const change of since)
    if (change.fact === "override") {
      for (const { date } of change.after ?? []) overrides.delete(epochDay(date));
      for (const { date, intervals, note } of change.before ?? [])
        overrides.set(epochDay(date), { day: epochDay(date), spans: toStoredHours(intervals), note });
    } else {
      const after = (change.after ?? []).map(periodOf);
      const others = timeOff.filter((one) => !after.some((other) => isSamePeriod(one, other)));
      const restored = (change.before ?? []).map(periodOf);
      timeOff = [...others, ...restored.map((one) => ({ ...one, reason: noteOf.get(one.id) }))];
    }
  return { overrides: [...overrides.values()], timeOff };
}

function periodOf({ id = "", ...times }: RecordedTimeOff): TimeOff {
  return {
    id,
    startDay: epochDay(times.startDate),
    endDay: epochDay(times.endDate),
    startMinute: times.startTime ? minuteOfDay(times.startTime) : null,
    endMinute: times.endTime ? minuteOfDay(times.endTime) : null,
  };
}

const isSamePeriod = (one: TimeOff, other: TimeOff) =>
  one.startDay === other.startDay &&
  one.endDay === other.endDay &&
  one.startMinute === other.startMinute &&
  one.endMinute === other.endMinute;

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
