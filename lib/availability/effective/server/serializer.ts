import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import type {
  AvailabilityExplanation,
  AvailabilityPolicyAnswer,
} from "@/lib/availability/effective/contract";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import { type AvailabilityFacts, nothingRecorded } from "@/lib/availability/effective/facts";
import {
  type ClosingDecider,
  closersOf,
  type EffectiveAvailability,
  type LastingVerdict,
} from "@/lib/availability/effective/rules";
import { type Channel, channels, defaultPolicy } from "@/lib/availability/effective/values";
import type { Holiday } from "@/lib/hours/schedule/contract";
import type { StoredSchedule } from "@/lib/hours/schedule/stored";
import { optional, type StoredInstant, timestamp } from "@/lib/platform/http/wire";

interface StoredPolicy {
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

export function factsOf(row: AgentFactsRow): AvailabilityFacts {
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
    forwardsCalls: row.forwardsCalls,
    open: { messaging: row.messagingCount, email: row.emailCount, voice: 0 },
    capacityRule: row.capacityRule,
    wrapUpTime: row.wrapUpTime,
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
