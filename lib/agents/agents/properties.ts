import type { AgentChange } from "@/lib/agents/agents/contract";

interface Property {
  /**
   * `text`, `integer`, `id`, `list`: stored as sent, in a column of the same name. `columns`: stored in other
   * columns (server/columns.ts). `elsewhere`: stored in other tables, or in columns that a use case sets.
   */
  stored: "text" | "integer" | "id" | "list" | "columns" | "elsewhere";
  /**
   * The permission to change it on the actor's own agent. Other agents need `agents.write` or
   * `availability.write`.
   */
  own: "own.write" | "agents.write" | "availability.write";
  /** Whether the ledger records its changes. */
  recorded: boolean;
}

/** All properties that a change can set. How to add one: docs/how-to/agent-field.md. */
export const agentProperties = {
  name: { stored: "text", own: "own.write", recorded: true },
  bio: { stored: "text", own: "own.write", recorded: true },
  status: { stored: "elsewhere", own: "availability.write", recorded: true },
  avatarUrl: { stored: "elsewhere", own: "own.write", recorded: true },
  dropVms: { stored: "elsewhere", own: "own.write", recorded: true },
  wrapUpTime: { stored: "integer", own: "agents.write", recorded: true },
  timezone: { stored: "text", own: "own.write", recorded: true },
  defaultCountryCode: { stored: "text", own: "own.write", recorded: true },
  defaultCallerId: { stored: "text", own: "own.write", recorded: true },
  forwardNumber: { stored: "columns", own: "own.write", recorded: true },
  transcriptionLocale: { stored: "text", own: "own.write", recorded: true },
  weeklySchedule: { stored: "columns", own: "own.write", recorded: true },
  holidays: { stored: "list", own: "own.write", recorded: true },
  assignedSkills: { stored: "elsewhere", own: "agents.write", recorded: true },
  defaultSenderId: { stored: "id", own: "own.write", recorded: true },
  outOfOfficeResponse: { stored: "text", own: "own.write", recorded: true },
} as const satisfies Record<keyof AgentChange, Property>;

type Table = typeof agentProperties;

/** The properties whose entries match. */
type Where<Entry extends Partial<Property>> = {
  [P in keyof Table]: Table[P] extends Entry ? P : never;
}[keyof Table];

export type ValueProperty = Where<{ stored: "text" | "integer" | "id" }>;
export type ColumnProperty = ValueProperty | Where<{ stored: "list" }>;
export type ShapedProperty = Where<{ stored: "columns" }>;
export type RecordedProperty = Where<{ recorded: true }>;

const names = Object.keys(agentProperties) as (keyof Table)[];

/** Properties stored in one column of the same name. */
export const columnProperties = names.filter((name): name is ColumnProperty =>
  ["text", "integer", "id", "list"].includes(agentProperties[name].stored),
);

/** Properties recorded in the ledger, under their API names. */
export const recordedProperties = names.filter(
  (name): name is RecordedProperty => agentProperties[name].recorded,
);
