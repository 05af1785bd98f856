import type { Activity, AgentStatus, AvailabilityChange } from "@/lib/availability/declared/contract";

/** An agent's availability as stored. Times are epoch milliseconds. */
export interface DeclaredAvailability {
  status: AgentStatus;
  statusBeforeOffline: AgentStatus | null;
  activity: Activity;
  /** From this time on, the activity counts as `available` and the text as absent. */
  activityExpiresAt: number | null;
  activityText: string | null;
  lastStatusSet: number;
  lastActivitySet: number;
  lastSetToAwayAt: number | null;
  /** Whether the agent is away only because they are new or absent, and nobody has set a status since. */
  statusAutomatic: boolean;
  updatedAt: number;
}

/** Returns the availability of an agent created at `now`: away and available. */
export function initialAvailability(now: number): DeclaredAvailability {
  return {
    status: "away",
    statusBeforeOffline: null,
    activity: "available",
    activityExpiresAt: null,
    activityText: null,
    lastStatusSet: now,
    lastActivitySet: now,
    lastSetToAwayAt: now,
    statusAutomatic: true,
    updatedAt: now,
  };
}

/** Returns whether the activity has expired at `now`. */
export function isActivityOver(
  { activityExpiresAt }: Pick<DeclaredAvailability, "activityExpiresAt">,
  now: number,
): boolean {
  return activityExpiresAt !== null && now >= activityExpiresAt;
}

/**
 * Returns the availability in effect at `now`: an expired activity is `available`, without text
 * (docs/contract.md §3).
 */
export function availabilityAt(declared: DeclaredAvailability, now: number): DeclaredAvailability {
  if (!isActivityOver(declared, now)) return declared;
  return { ...declared, activity: "available", activityExpiresAt: null, activityText: null };
}

/**
 * Returns the seconds until the activity ends, rounded up to at least 1; undefined if it has no end or has
 * ended.
 */
export function secondsLeft(declared: DeclaredAvailability, now: number): number | undefined {
  if (declared.activityExpiresAt === null || now >= declared.activityExpiresAt) return undefined;
  return Math.ceil((declared.activityExpiresAt - now) / 1000);
}

/** Error messages by request field. */
export type AvailabilityProblems = Record<string, string[]>;

export type AvailabilityOutcome =
  | { ok: true; changed: boolean; next: DeclaredAvailability }
  | { ok: false; problems: AvailabilityProblems };

/**
 * Applies a change at `now`. Setting the same value again changes no timestamp, but setting `away` again
 * marks it as set by a person. Setting the activity clears its old end and text unless new ones are given;
 * seconds are valid only for activities other than `available`.
 */
export function changeAvailability(
  declared: DeclaredAvailability,
  change: AvailabilityChange,
  now: number,
): AvailabilityOutcome {
  const before = availabilityAt(declared, now);
  const next = { ...before };
  if (change.status !== undefined) next.statusAutomatic = false;

  if (change.status !== undefined && change.status !== before.status) {
    next.status = change.status;
    next.lastStatusSet = now;
    if (change.status === "offline") next.statusBeforeOffline = before.status;
    if (change.status === "away") next.lastSetToAwayAt = now;
  }
  if (change.activity !== undefined) {
    if (change.activity !== before.activity) next.lastActivitySet = now;
    next.activity = change.activity;
    next.activityExpiresAt = null;
    next.activityText = null;
  }
  if (change.activityText !== undefined) next.activityText = change.activityText;
  if (change.activityTtl !== undefined) {
    if (change.activityTtl !== null && next.activity === "available")
      return {
        ok: false,
        problems: {
          activityTtl: [
            "can't be set for the activity available, which has no time limit. Set another activity.",
          ],
        },
      };
    next.activityExpiresAt = change.activityTtl === null ? null : now + change.activityTtl * 1000;
  }

  const differing = (Object.keys(next) as (keyof DeclaredAvailability)[]).filter(
    (key) => next[key] !== before[key],
  );
  const visible = differing.some((key) => key !== "statusAutomatic");
  return { ok: true, changed: differing.length > 0, next: visible ? { ...next, updatedAt: now } : next };
}

/**
 * Returns the availability after the first session started or the last one ended, at `now`; undefined if the
 * status stays the same. Never overrides an away or offline that a person has set.
 */
export function followPresence(
  declared: DeclaredAvailability,
  isPresent: boolean,
  now: number,
): DeclaredAvailability | undefined {
  const follows = isPresent
    ? declared.status === "away" && declared.statusAutomatic
    : declared.status === "active";
  if (!follows) return undefined;
  const outcome = changeAvailability(declared, { status: isPresent ? "active" : "away" }, now);
  return outcome.ok ? { ...outcome.next, statusAutomatic: !isPresent } : undefined;
}

/** The current activity, computed from an earlier API response. */
export interface CurrentActivity {
  activity: Activity;
  text: string | undefined;
  /** At least 1. Undefined for an activity without an end. */
  secondsLeft: number | undefined;
}

/**
 * Returns the activity at `now` from a response read at `readAt` (both epoch milliseconds). An expired
 * activity is `available`, without text.
 */
export function activityNow(
  answer: { activity: Activity; activityTtl?: number | undefined; activityText?: string | undefined },
  readAt: number,
  now: number,
): CurrentActivity {
  if (answer.activityTtl === undefined)
    return { activity: answer.activity, text: answer.activityText, secondsLeft: undefined };
  const left = Math.ceil((readAt + answer.activityTtl * 1000 - now) / 1000);
  return left > 0
    ? {
        activity: answer.activity,
        text: answer.activityText,
        secondsLeft: Math.min(left, answer.activityTtl),
      }
    : { activity: "available", text: undefined, secondsLeft: undefined };
}
