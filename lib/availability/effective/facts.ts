import type { DeclaredAvailability } from "@/lib/availability/declared/rules";
import type { WorkingHours } from "@/lib/hours/schedule/off-hours";
import type { Channel } from "./values";

/** A browser, app or device that has not ended when the facts are read. */
export interface SessionFact {
  /** When an ended session stops counting. Null while it sends heartbeats, which it is expected to go on with. */
  readonly endsAt: number | null;
  readonly lastInputAt: number;
}

/** A pending offer. It expires unanswered unless somebody acts. */
export interface OfferFact {
  readonly channel: Channel;
  readonly expiresAt: number;
}

/** Approved time off: [start, end). */
export interface TimeOffFact {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly reason?: string | undefined;
}

/**
 * All that effective availability depends on besides the policy, as known at one time. Times are epoch
 * milliseconds. Answers about a later time assume that nobody acts.
 */
export interface AvailabilityFacts {
  readonly type: "user" | "bot";
  /** Null for bots. */
  readonly membership: {
    readonly status: "invited" | "active" | "suspended";
    readonly since?: number | undefined;
  } | null;
  readonly declared: Pick<
    DeclaredAvailability,
    "status" | "activity" | "activityExpiresAt" | "activityText" | "lastStatusSet" | "lastActivitySet"
  >;
  readonly hours: WorkingHours;
  readonly timeOff: readonly TimeOffFact[];
  readonly presence: {
    readonly sessions: readonly SessionFact[];
    /** When the last of the earlier sessions ended. */
    readonly lastEndedAt: number | null;
    readonly lastSeenAt: number | null;
  };
  /** Calls reach the agent by phone, without a session. */
  readonly forwardsCalls: boolean;
  /** Open conversations. */
  readonly open: { readonly [channel in Channel]: number };
  readonly offers: readonly OfferFact[];
  /** Null means unlimited. Voice always has a capacity of 1. */
  readonly capacityRule: {
    readonly id: string;
    readonly messaging: number;
    readonly email: number;
  } | null;
  /** Seconds. */
  readonly wrapUpTime: number;
  /** Conversations that closed recently; at least the last one of each wrap-up that is in progress. */
  readonly closed: readonly { readonly conversationId: string; readonly closedAt: number }[];
  /** When each offer of the current row of unanswered ones expired. */
  readonly missedOffers: readonly number[];
}

/** Facts of an agent about whom nothing but the declared ones is recorded. */
export const nothingRecorded = {
  timeOff: [],
  presence: { sessions: [], lastEndedAt: null, lastSeenAt: null },
  offers: [],
  closed: [],
  missedOffers: [],
} as const satisfies Partial<AvailabilityFacts>;
