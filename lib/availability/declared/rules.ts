import type { Activity, AgentStatus, AvailabilityChange } from "@/lib/availability/declared/contract";

/** What was declared of an agent's availability. Instants are epoch milliseconds. */
export interface DeclaredAvailability {
  status: AgentStatus;
  statusBeforeOffline: AgentStatus | null;
  activity: Activity;
  /** From this instant on the activity is `available` and the text is gone. */
  activityExpiresAt: number | null;
  activityText: string | null;
  lastStatusSet: number;
  lastActivitySet: number;
  lastSetToAwayAt: number | null;
  updatedAt: number;
}

/** Availability of an agent made at `now`: away, and available. */
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
    updatedAt: now,
  };
}

/** What holds at `now`: an activity whose time has run out is `available` again, without text (docs/contract.md §3). */
export function availabilityAt(declared: DeclaredAvailability, now: number): DeclaredAvailability {
  if (declared.activityExpiresAt === null || now < declared.activityExpiresAt) return declared;
  return { ...declared, activity: "available", activityExpiresAt: null, activityText: null };
}

/** Whole seconds until the activity ends, at least 1 while it holds; undefined without an end. */
export function secondsLeft(declared: DeclaredAvailability, now: number): number | undefined {
  if (declared.activityExpiresAt === null || now >= declared.activityExpiresAt) return undefined;
  return Math.ceil((declared.activityExpiresAt - now) / 1000);
}

/** Field of the request to what is wrong with it. */
export type AvailabilityProblems = Record<string, string[]>;

export type AvailabilityOutcome =
  | { ok: true; changed: boolean; next: DeclaredAvailability }
  | { ok: false; problems: AvailabilityProblems };

/**
 * Applies a change at `now`. Setting again what is set already moves no time. A change that names the activity ends
 * the old seconds and text unless it gives new ones; one that does not leaves them. Seconds make sense only for an
 * activity other than `available`.
 */
export function changeAvailability(
  declared: DeclaredAvailability,
  change: AvailabilityChange,
  now: number,
): AvailabilityOutcome {
  const before = availabilityAt(declared, now);
  const next = { ...before };

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

  const changed = (Object.keys(next) as (keyof DeclaredAvailability)[]).some(
    (key) => next[key] !== before[key],
  );
  return { ok: true, changed, next: changed ? { ...next, updatedAt: now } : before };
}

/** What somebody is doing, as an answer that was read at `readAt` (epoch milliseconds) tells it for `now`. */
export interface CurrentActivity {
  activity: Activity;
  text: string | undefined;
  /** Seconds, at least 1; undefined for an activity that holds until it is changed. */
  secondsLeft: number | undefined;
}

/** Lets the time go on that an answer only gives as seconds left: what has run out since is `available`, without text. */
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
