/** Seconds, or 0 for no limit. */
export interface SessionLimits {
  /** How long a statement may take. */
  statement: number;
}

/** Milliseconds that a statement waits for a lock that another transaction holds. */
const lockPatience = 5_000;

/**
 * What a session of ours is told before its first statement: how the planner goes about our statements, which are all
 * alike (docs/decisions/0020-plans-that-do-not-change.md): one plan for each, the same whatever the parameters and the
 * statistics of the day, by indexes, in one process; and what PostgreSQL ends by itself.
 */
export const sessionSettings = ({ statement }: SessionLimits): readonly (readonly [string, string])[] => [
  ["plan_cache_mode", "force_generic_plan"],
  ["enable_seqscan", "off"],
  ["max_parallel_workers_per_gather", "0"],
  ["jit", "off"],
  ["statement_timeout", String(statement * 1000)],
  ["lock_timeout", String(lockPatience)],
  // A transaction that stands still this long has lost its program, and must not hold its locks for ever.
  ["idle_in_transaction_session_timeout", String(statement * 1000)],
  // A program whose host is gone is found out in a minute and a half; without this, in two hours.
  ["tcp_keepalives_idle", "60"],
  ["tcp_keepalives_interval", "10"],
  ["tcp_keepalives_count", "3"],
];
