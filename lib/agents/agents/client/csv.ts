import type { Agent } from "@/lib/agents/agents/contract";
import { byteOrderMark, type CsvSeparator, csvLine } from "@/lib/platform/text/csv";

/**
 * Returns the separator that spreadsheets expect for a locale: a semicolon where the comma is the decimal
 * separator.
 */
export const csvSeparator = (locale: string): CsvSeparator =>
  new Intl.NumberFormat(locale)
    .formatToParts(1.5)
    .some(({ type, value }) => type === "decimal" && value === ",")
    ? ";"
    : ",";

/** Returns rows as a CSV file. The byte order mark makes Excel read it as UTF-8. */
export function toCsv(rows: readonly (readonly string[])[], separator: CsvSeparator = ","): string {
  return byteOrderMark + rows.map((row) => csvLine(row, separator)).join("");
}

const names = (items: readonly { name: string }[]) => items.map(({ name }) => name).join("; ");
const count = (value: number | undefined) => (value === undefined ? "" : String(value));

/** Exportable columns. Values are the API's codes and timestamps, so that programs can read the file. */
const readers = {
  name: (agent) => agent.name,
  email: (agent) => agent.userEmails[0] ?? "",
  type: (agent) => agent.type,
  status: (agent) => agent.status,
  lastStatusSet: (agent) => agent.availability.lastStatusSet,
  activity: (agent) => agent.availability.activity,
  activityText: (agent) => agent.availability.activityText ?? "",
  lastActivitySet: (agent) => agent.availability.lastActivitySet,
  teams: (agent) => names(agent.teams),
  roles: (agent, roleNames) => agent.roles.map(({ id }) => roleNames.get(id) ?? id).join("; "),
  skills: (agent) =>
    agent.assignedSkills
      .map(({ name, selectedValues }) =>
        selectedValues.length > 0 ? `${name}: ${selectedValues.map(({ value }) => value).join(", ")}` : name,
      )
      .join("; "),
  messagingOpen: (agent) => count(agent.workload.workload.messaging),
  messagingCapacity: (agent) => count(agent.workload.rule?.capacity.messaging),
  emailOpen: (agent) => count(agent.workload.workload.email),
  emailCapacity: (agent) => count(agent.workload.rule?.capacity.email),
  capacityRule: (agent) => agent.workload.rule?.name ?? "",
  timezone: (agent) => agent.timezone,
  createdAt: (agent) => agent.createdAt,
  id: (agent) => agent.id,
} satisfies Record<string, (agent: Agent, roleNames: ReadonlyMap<string, string>) => string>;

export type CsvColumn = keyof typeof readers;

export const csvColumns = Object.keys(readers) as CsvColumn[];

/** Returns a CSV file of these agents with the chosen columns and headings. */
export function agentsCsv(
  agents: readonly Agent[],
  columns: readonly CsvColumn[],
  headings: Record<CsvColumn, string>,
  roleNames: ReadonlyMap<string, string>,
  separator: CsvSeparator = ",",
): string {
  const head = columns.map((column) => headings[column]);
  const rows = agents.map((agent) => columns.map((column) => readers[column](agent, roleNames)));
  return toCsv([head, ...rows], separator);
}
