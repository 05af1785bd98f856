/** A session counts this long after its last heartbeat: two that are a minute apart, and 30 seconds. */
export const lastingMs = 150_000;

/** A session that was ended counts this much longer, so that loading a page again changes nothing. */
export const graceMs = 60_000;

export type PresenceState = "present" | "idle" | "absent";

/** What presence depends on. Times are epoch milliseconds. */
export interface SessionTimes {
  readonly startedAt: number;
  readonly lastInputAt: number;
  readonly lastSeenAt: number;
  /** The session counts before this time. */
  readonly endsAt: number;
}

/** A state, and when it began. */
export interface PresenceSince {
  readonly state: PresenceState;
  readonly since: number;
}

/** Returns the state at a time. `idleAfterMs` is undefined if agents are never idle. */
export function stateAt(
  sessions: readonly SessionTimes[],
  idleAfterMs: number | undefined,
  at: number,
): PresenceState {
  const open = sessions.filter(({ startedAt, endsAt }) => startedAt <= at && at < endsAt);
  if (open.length === 0) return "absent";
  const isIdle =
    idleAfterMs !== undefined && open.every(({ lastInputAt }) => lastInputAt + idleAfterMs <= at);
  return isIdle ? "idle" : "present";
}

/** Returns the changes of state since the recorded one until `now`, each dated at the instant. */
export function changesSince(
  recorded: PresenceSince,
  sessions: readonly SessionTimes[],
  idleAfterMs: number | undefined,
  now: number,
): PresenceSince[] {
  const boundaries = sessions.flatMap(({ startedAt, endsAt, lastInputAt }) => [
    startedAt,
    endsAt,
    ...(idleAfterMs === undefined ? [] : [lastInputAt, lastInputAt + idleAfterMs]),
  ]);
  const instants = boundaries
    .filter((at) => recorded.since < at && at < now)
    .sort((one, other) => one - other);
  const changes: PresenceSince[] = [];
  let last = recorded;
  for (const at of [...instants, now]) {
    const state = stateAt(sessions, idleAfterMs, at);
    if (state === last.state || (last.state === "idle" && state === "present" && !isUsed(sessions, last, at)))
      continue;
    last = { state, since: at };
    changes.push(last);
  }
  return changes;
}

/** Returns whether somebody had come back by `at`. A later input says nothing about the time before it. */
function isUsed(sessions: readonly SessionTimes[], idle: PresenceSince, at: number): boolean {
  return sessions.some(
    ({ startedAt, lastInputAt, endsAt }) =>
      startedAt <= at && at < endsAt && (startedAt > idle.since || lastInputAt <= at),
  );
}

/** Running heartbeats of a process from which it counts as loaded, and those at which it asks for fewest. */
const load = { some: 20, full: 200 } as const;
/** Seconds between two heartbeats without load and with full load. Two of the longest fit into `lastingMs`. */
const interval = { usual: 45, longest: 60 } as const;

/**
 * Returns the seconds until the next heartbeat: 45 ± 10 %, more with many `running` heartbeats. `fraction` is
 * random in [0, 1), so that clients spread out.
 */
export function beatIn(running: number, fraction: number): number {
  const share = Math.min(1, Math.max(0, (running - load.some) / (load.full - load.some)));
  const middle = interval.usual + share * (interval.longest - interval.usual);
  return Math.round(middle * (0.9 + 0.2 * fraction));
}
