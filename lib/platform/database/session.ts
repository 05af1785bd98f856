/** Limits of a database session, in seconds; 0 for none. */
export interface SessionLimits {
  /** Statement timeout. */
  statement: number;
}

/** Lock timeout in milliseconds. */
const lockPatience = 5_000;

/**
 * Session settings for each new connection. Each statement gets one generic, single-process, index-only plan
 * that does not change with parameters or statistics (docs/decisions/0020-plans-that-do-not-change.md). Also
 * sets server-side timeouts.
 */
export const sessionSettings = ({ statement }: SessionLimits): readonly (readonly [string, string])[] => [
  ["plan_cache_mode", "force_generic_plan"],
  ["enable_seqscan", "off"],
  ["max_parallel_workers_per_gather", "0"],
  ["jit", "off"],
  ["statement_timeout", String(statement * 1000)],
  ["lock_timeout", String(lockPatience)],
  // A transaction this long idle has lost its client and would hold its locks forever.
  ["idle_in_transaction_session_timeout", String(statement * 1000)],
  // Detects a dead client host in 90 seconds instead of the kernel's two hours.
  ["tcp_keepalives_idle", "60"],
  ["tcp_keepalives_interval", "10"],
  ["tcp_keepalives_count", "3"],
];
