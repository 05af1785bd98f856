import type { AgentChange } from "@/lib/agents/agents/contract";
import { columnProperties, type ShapedProperty } from "@/lib/agents/agents/properties";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Holiday } from "@/lib/hours/schedule/contract";
import { type StoredVersion, toOnlyVersion, toStoredSchedule } from "@/lib/hours/schedule/stored";

type Row = Prisma.AgentUncheckedCreateInput;

/** Columns of `agents` by their names in the Prisma schema. `null` clears a column. */
export type AgentColumns = Partial<
  Omit<Row, "schedule" | "holidays"> & { schedule: StoredVersion[] | null; holidays: Holiday[] }
>;

const shapes: { [P in ShapedProperty]: (value: Exclude<AgentChange[P], undefined>) => AgentColumns } = {
  forwardNumber: (value) => ({
    forwardEnabled: value?.enabled ?? null,
    forwardNumber: value?.number ?? null,
    forwardMaskCaller: value?.maskCaller ?? null,
  }),
  weeklySchedule: (value) => ({ schedule: value && toOnlyVersion(toStoredSchedule(value)) }),
};

/** The type ensures a column for each property. */
const sameName: readonly (keyof AgentColumns & keyof AgentChange)[] = columnProperties;

/** Returns the columns that store these values. Ignores properties stored in other tables. */
export function columnsOf(values: AgentChange): AgentColumns {
  const columns: AgentColumns = {};
  for (const name of sameName)
    if (values[name] !== undefined) Object.assign(columns, { [name]: values[name] });
  for (const [name, toColumns] of Object.entries(shapes)) {
    const value = values[name as ShapedProperty];
    if (value !== undefined) Object.assign(columns, toColumns(value as never));
  }
  return columns;
}

/** Returns the database name of a column: the same in snake case. */
export const columnName = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
