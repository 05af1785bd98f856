import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import type {
  AvailabilityExplanation,
  AvailabilityPolicyAnswer,
} from "@/lib/availability/effective/contract";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import { type AvailabilityFacts, nothingRecorded } from "@/lib/availability/effective/facts";
import {
  type ByChannel,
  type ClosingDecider,
  closersOf,
  type EffectiveAvailability,
  type LastingVerdict,
  type Verdict,
} from "@/lib/availability/effective/rules";
import { type Channel, channels, defaultPolicy } from "@/lib/availability/effective/values";
import type { AgentVerdict } from "@/lib/availability/effective/verdicts-contract";
import type { Holiday } from "@/lib/hours/schedule/contract";
import type { StoredSchedule } from "@/lib/hours/schedule/stored";
import { optional, type StoredInstant, timestamp } from "@/lib/platform/http/wire";

export interface StoredPolicy {
  /** Null for a workspace that has never changed its policy. */
  policy: (AvailabilityPolicy & { allow: AvailabilityPolicyAnswer["allow"] }) | null;
}

export interface PolicyRow extends StoredPolicy {
  updatedAt: StoredInstant;
}

/** What an answer about one agent needs. */
export interface AgentFactsRow extends StoredPolicy {
  id: string;
  type: AvailabilityFacts["type"];
  membership: "invited" | "active" | "suspended" | null;
  timezone: string;
  wrapUpTime: number;
  weeklySchedule: StoredSchedule | null;
  holidays: Holiday[];
  forwardsCalls: boolean;
  status: AgentStatus;
  activity: Activity;
  activityExpiresAt: StoredInstant | null;
  activityText: string | null;
  lastStatusSet: StoredInstant;
  lastActivitySet: StoredInstant;
  messagingCount: number;
  emailCount: number;
  capacityRule: { id: string; messaging: number; email: number } | null;
  next: NonNullable<AvailabilityExplanation["next"]> | null;
  /** The database's time, which those of sessions and of presence are by. */
  clock: StoredInstant;
  sessions: {
    endedAt: StoredInstant | null;
    endsAt: StoredInstant;
    lastInputAt: StoredInstant;
    lastSeenAt: StoredInstant;
  }[];
  /** What was last recorded; null for an agent who never had a session. */
  presence: {
    state: "present" | "idle" | "absent";
    since: StoredInstant;
    lastSeenAt: StoredInstant | null;
  } | null;
}

/** Returns the policy in effect. */
export function policyOf({ policy }: StoredPolicy): AvailabilityPolicy {
  return policy ?? defaultPolicy;
}

export function serializePolicy(row: PolicyRow): AvailabilityPolicyAnswer {
  const { allow, ...settings } = row.policy ?? defaultPolicy;
  return {
    ...settings,
    allow: Object.fromEntries(Object.entries(allow).map(([code, open]) => [code, [...open]])),
    updatedAt: timestamp(row.updatedAt),
  };
}

const epoch = (instant: StoredInstant) => new Date(instant).getTime();

/** Returns the facts of a row that was read at `now` (epoch milliseconds). */
export function factsOf(row: AgentFactsRow, now: number): AvailabilityFacts {
  return {
    ...nothingRecorded,
    type: row.type,
    membership: row.membership && { status: row.membership },
    declared: {
      status: row.status,
      activity: row.activity,
      activityExpiresAt: row.activityExpiresAt === null ? null : epoch(row.activityExpiresAt),
      activityText: row.activityText,
      lastStatusSet: epoch(row.lastStatusSet),
      lastActivitySet: epoch(row.lastActivitySet),
    },
    hours: { timezone: row.timezone, weeklySchedule: row.weeklySchedule, holidays: row.holidays },
    presence: presenceOf(row, now),
    forwardsCalls: row.forwardsCalls,
    open: { messaging: row.messagingCount, email: row.emailCount, voice: 0 },
    capacityRule: row.capacityRule,
    wrapUpTime: row.wrapUpTime,
  };
}

/** Converts sessions to the application's clock, which may differ from the database's. */
function presenceOf(
  { clock, sessions, presence }: AgentFactsRow,
  now: number,
): AvailabilityFacts["presence"] {
  const inOurTime = (instant: StoredInstant) => epoch(instant) + now - epoch(clock);
  const isOpen = ({ endsAt }: { endsAt: StoredInstant }) => epoch(endsAt) > epoch(clock);
  const latest = (instants: readonly StoredInstant[]) =>
    instants.length === 0 ? null : Math.max(...instants.map(inOurTime));
  return {
    sessions: sessions.filter(isOpen).map(({ endedAt, endsAt, lastInputAt }) => ({
      endsAt: endedAt === null ? null : inOurTime(endsAt),
      lastInputAt: inOurTime(lastInputAt),
    })),
    lastEndedAt: latest([
      ...sessions.filter((session) => !isOpen(session)).map(({ endsAt }) => endsAt),
      ...(presence?.state === "absent" ? [presence.since] : []),
    ]),
    lastSeenAt: latest([
      ...sessions.map(({ lastSeenAt }) => lastSeenAt),
      ...(presence?.lastSeenAt ? [presence.lastSeenAt] : []),
    ]),
  };
}

const instant = (time: number) => new Date(time).toISOString();
const optionalInstant = <const Name extends string>(name: Name, time: number | undefined) =>
  optional(name, time === undefined ? undefined : instant(time));

/** Returns the answer of the API; with `only`, about one channel. */
export function serializeExplanation(
  { id, timezone, next }: Pick<AgentFactsRow, "id" | "timezone" | "next">,
  at: number,
  answer: EffectiveAvailability,
  only: Channel | undefined,
): AvailabilityExplanation {
  const shown = only === undefined ? channels : [only];
  const deciders = only === undefined ? answer.deciders : closersOf(answer.deciders, only);
  return {
    agentId: id,
    at: instant(at),
    timezone,
    channels: Object.fromEntries(
      shown.map((channel) => [channel, serializeVerdict(answer.channels[channel])]),
    ),
    deciders: deciders.map(serializeDecider),
    ...optional("next", next),
  };
}

/** Returns the codes alone. */
export function serializeVerdicts(
  { id }: Pick<AgentFactsRow, "id">,
  { messaging, email, voice }: ByChannel<Verdict>,
): AgentVerdict {
  return {
    agentId: id,
    closedBy: {
      messaging: [...messaging.closedBy],
      email: [...email.closedBy],
      voice: [...voice.closedBy],
    },
  };
}

function serializeVerdict({ open, room, closedBy, nextChangeAt }: LastingVerdict) {
  return {
    open,
    ...optional("room", room),
    closedBy: [...closedBy],
    ...optionalInstant("nextChangeAt", nextChangeAt),
  };
}

function serializeDecider(decider: ClosingDecider): AvailabilityExplanation["deciders"][number] {
  const { since, until, details, ...rest } = decider;
  const common = {
    ...rest,
    channels: [...decider.channels],
    ...optionalInstant("since", since),
    ...optionalInstant("until", until),
  };
  // TypeScript can't relate the parts of a union by the name they share.
  return {
    ...common,
    ...optional("details", detailsOf(decider)),
  } as AvailabilityExplanation["deciders"][number];
}

function detailsOf(decider: ClosingDecider) {
  switch (decider.decider) {
    case "presence":
      return decider.details && { lastSeenAt: instant(decider.details.lastSeenAt) };
    case "capacity": {
      const { ruleId, ...load } = decider.details;
      return { ...load, ...optional("ruleId", ruleId) };
    }
    default:
      return decider.details;
  }
}
