/** Lifetime of a session after its last heartbeat: two heartbeats a minute apart, and 30 seconds. */
export const lastingMs = 150_000;

/** An ended session still counts for this long, so that a reload changes nothing. */
export const graceMs = 60_000;

export type PresenceState = "present" | "idle" | "absent";

/** The data that presence depends on. Times are epoch milliseconds. */
export interface SessionTimes {
  readonly startedAt: number;
  readonly lastInputAt: number;
  readonly lastSeenAt: number;
  /** The session counts until this time. */
  readonly endsAt: number;
}

/** A state and its start. */
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

/** Returns the changes of state from the recorded one until `now`, with their times. */
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

/** Returns whether there was input by `at`. Later input does not affect earlier times. */
function isUsed(sessions: readonly SessionTimes[], idle: PresenceSince, at: number): boolean {
  return sessions.some(
    ({ startedAt, lastInputAt, endsAt }) =>
      startedAt <= at && at < endsAt && (startedAt > idle.since || lastInputAt <= at),
  );
}

/**
 * Concurrent heartbeats from which a process counts as loaded, and from which it asks for the longest
 * interval.
 */
const load = { some: 20, full: 200 } as const;
/** Seconds between heartbeats, without load and under full load. Two of the longest fit into `lastingMs`. */
const interval = { usual: 45, longest: 60 } as const;

/**
 * Returns the seconds until the next heartbeat: 45 ± 10 %, or more with many `running` heartbeats. `fraction`
 * is random in [0, 1), to spread clients.
 */
export function beatIn(running: number, fraction: number): number {
  const share = Math.min(1, Math.max(0, (running - load.some) / (load.full - load.some)));
  const middle = interval.usual + share * (interval.longest - interval.usual);
  return Math.round(middle * (0.9 + 0.2 * fraction));
}
