import type { DeclaredAvailability } from "@/lib/availability/declared/rules";
import type { CompiledCalendar } from "@/lib/hours/calendar/compile";
import type { Channel } from "./values";

/** A browser, app or device with a session that had not ended when the facts were read. */
export interface SessionFact {
  /** When an ended session stops counting. Null while it sends heartbeats, which are assumed to continue. */
  readonly endsAt: number | null;
  readonly lastInputAt: number;
}

/** A pending offer. It expires unless somebody acts. */
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
 * All facts that effective availability depends on besides the policy, as known at one time. Times are epoch
 * milliseconds. Answers about later times assume that nobody acts.
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
  /** Its overrides and time off are those near the time in question. */
  readonly hours: CompiledCalendar;
  readonly timeOff: readonly TimeOffFact[];
  readonly presence: {
    readonly sessions: readonly SessionFact[];
    /** When the last earlier session ended. */
    readonly lastEndedAt: number | null;
    readonly lastSeenAt: number | null;
  };
  /** Whether calls reach the agent by phone, without a session. */
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
  /** Recently closed conversations: at least the last one of each wrap-up in progress. */
  readonly closed: readonly { readonly conversationId: string; readonly closedAt: number }[];
  /** The expiry times of the current series of missed offers. */
  readonly missedOffers: readonly number[];
}

/** Facts of an agent about whom only the declared availability is recorded. */
export const nothingRecorded = {
  timeOff: [],
  presence: { sessions: [], lastEndedAt: null, lastSeenAt: null },
  offers: [],
  closed: [],
  missedOffers: [],
} as const satisfies Partial<AvailabilityFacts>;
