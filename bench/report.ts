/** Measurements of one server in one scenario. */
export interface Measured {
  scenario: string;
  target: string;
  /** Number of agents in the queried workspace. */
  agents: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /** Microseconds of CPU time per request. */
  serverCpu: number;
  databaseCpu: number;
  /** Resident memory of the server in MB: after the start, and at its peak. */
  idle: number;
  peak: number;
  /** SQL statements per request. */
  statements: number;
}

const columns = [
  "scenario",
  "agents",
  "server",
  "req/s",
  "p50 ms",
  "p95 ms",
  "p99 ms",
  "CPU µs: server",
  "database",
  "MB (idle)",
  "queries",
  "of the limit",
  "of empty",
  "p50: of the fewest agents",
];

/**
 * Returns the results as a Markdown table. Ratios compare requests per second, the last one the median time.
 */
export function report(measured: readonly Measured[]): string[] {
  const rows = measured.map((each) => {
    const same = measured.filter((other) => other.scenario === each.scenario);
    const beside = (target: string) =>
      same.find((other) => other.target === target && other.agents === each.agents);
    const fewest = same
      .filter((other) => other.target === each.target)
      .reduce((least, other) => (other.agents < least.agents ? other : least), each);
    const share = (other: Measured | undefined) =>
      other && other !== each ? `${Math.round((100 * each.perSecond) / other.perSecond)} %` : "";
    return [
      each.scenario,
      each.agents.toLocaleString("en"),
      each.target,
      each.perSecond.toFixed(each.perSecond < 10 ? 1 : 0),
      each.p50.toFixed(1),
      each.p95.toFixed(1),
      each.p99.toFixed(1),
      each.serverCpu.toFixed(0),
      each.databaseCpu.toFixed(0),
      `${each.peak.toFixed(0)} (${each.idle.toFixed(0)})`,
      each.statements === 0 ? "" : String(each.statements),
      share(beside("limit")),
      share(beside("empty")),
      fewest === each ? "" : `${(each.p50 / fewest.p50).toFixed(2)} ×`,
    ];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    "",
    line(columns),
    line(columns.map((_, index) => (index < 3 ? "---" : "---:"))),
    ...rows.map(line),
  ];
}
