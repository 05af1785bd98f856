import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import type {
  AvailabilityExplanation,
  AvailabilityPolicyAnswer,
} from "@/lib/availability/effective/contract";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import type { AvailabilityFacts } from "@/lib/availability/effective/facts";
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
import type { CompiledCalendar } from "@/lib/hours/calendar/compile";
import { optional, type StoredInstant, timestamp } from "@/lib/platform/http/wire";

export interface StoredPolicy {
  /** Null for a workspace that has never changed its policy. */
  policy: (AvailabilityPolicy & { allow: AvailabilityPolicyAnswer["allow"] }) | null;
}

export interface PolicyRow extends StoredPolicy {
  updatedAt: StoredInstant;
}

/** All data about an agent that an explanation needs. */
export interface AgentFactsRow extends StoredPolicy {
  id: string;
  type: AvailabilityFacts["type"];
  membership: "invited" | "active" | "suspended" | null;
  /** When the person was invited or suspended; null for active members. */
  membershipSince: StoredInstant | null;
  timezone: string;
  wrapUpTime: number;
  forwardsCalls: boolean;
  status: AgentStatus;
  activity: Activity;
  activityExpiresAt: StoredInstant | null;
  activityText: string | null;
  lastStatusSet: StoredInstant;
  lastActivitySet: StoredInstant;
  messagingCount: number;
  emailCount: number;
  voiceCount: number;
  capacityRule: { id: string; messaging: number; email: number } | null;
  next: NonNullable<AvailabilityExplanation["next"]> | null;
  /** The database's time. Session and presence times are from the same clock. */
  clock: StoredInstant;
  sessions: {
    endedAt: StoredInstant | null;
    endsAt: StoredInstant;
    lastInputAt: StoredInstant;
    lastSeenAt: StoredInstant;
  }[];
  /** The last recorded presence; null if the agent never had a session. */
  presence: {
    state: "present" | "idle" | "absent";
    since: StoredInstant;
    lastSeenAt: StoredInstant | null;
  } | null;
  /** Pending offers, including expired ones that are not settled yet. */
  offers: { channel: Channel; expiresAt: StoredInstant }[];
  closed: { conversationId: string; closedAt: StoredInstant }[];
  missedOffers: StoredInstant[];
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

/** Returns the facts of a row that was read at `now` (epoch milliseconds), and of the agent's calendar. */
export function factsOf(row: AgentFactsRow, hours: CompiledCalendar, now: number): AvailabilityFacts {
  return {
    timeOff: hours.timeOff().map(({ id, start, end, timeOff: { reason } }) => ({ id, start, end, reason })),
    type: row.type,
    membership: row.membership && {
      status: row.membership,
      ...optional("since", row.membershipSince === null ? undefined : epoch(row.membershipSince)),
    },
    declared: {
      status: row.status,
      activity: row.activity,
      activityExpiresAt: row.activityExpiresAt === null ? null : epoch(row.activityExpiresAt),
      activityText: row.activityText,
      lastStatusSet: epoch(row.lastStatusSet),
      lastActivitySet: epoch(row.lastActivitySet),
    },
    hours,
    presence: presenceOf(row, now),
    forwardsCalls: row.forwardsCalls,
    open: { messaging: row.messagingCount, email: row.emailCount, voice: row.voiceCount },
    offers: row.offers.map(({ channel, expiresAt }) => ({ channel, expiresAt: epoch(expiresAt) })),
    capacityRule: row.capacityRule,
    wrapUpTime: row.wrapUpTime,
    closed: row.closed.map(({ conversationId, closedAt }) => ({ conversationId, closedAt: epoch(closedAt) })),
    missedOffers: row.missedOffers.map(epoch),
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

/** Returns the answer in the API's format; with `only`, for one channel. */
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

/** Returns only the codes. */
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
    decider: rest.decider satisfies AvailabilityExplanation["deciders"][number]["decider"],
    channels: [...decider.channels],
    ...optionalInstant("since", since),
    ...optionalInstant("until", until),
  };
  // TypeScript can't relate parts of a union by their shared name.
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
