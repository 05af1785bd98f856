import type { Agent, AgentChange } from "@/lib/agents/agents/contract";
import type { Schedule } from "@/lib/hours/weeks/contract";
import { isSame } from "@/lib/platform/sameness";
import { fieldTable, type ProfileField, type ProfileValues, profileFields } from "./profile-fields";

/** Returns the form values of an agent and their weekly hours. */
export function valuesOf(agent: Agent, schedule: Schedule): ProfileValues {
  const values = profileFields.map((field) => [field, fieldTable[field].from(agent, schedule)]);
  return Object.fromEntries(values) as ProfileValues;
}

/** Returns a field in the format of PATCH. */
export function wireForm<F extends ProfileField>(field: F, values: ProfileValues): unknown {
  return fieldTable[field].to(values[field]);
}

/** Returns a value for comparison, sorted where order has no meaning. */
function comparable(field: ProfileField, values: ProfileValues): unknown {
  if (field !== "assignedSkills") return wireForm(field, values);
  return values.assignedSkills
    .map(({ id, selectedValues }) => [id, ...selectedValues.map((each) => each.id).sort()])
    .sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1));
}

/** Returns whether a field has the same value in `a` and `b`. */
export function isSameField(field: ProfileField, a: ProfileValues, b: ProfileValues): boolean {
  const [left, right] = [comparable(field, a), comparable(field, b)];
  return isSame(left, right) || (Number.isNaN(left) && Number.isNaN(right));
}

/** Returns the fields that differ, in the order of the tabs. */
export function changedFields(base: ProfileValues, values: ProfileValues): ProfileField[] {
  return profileFields.filter((field) => !isSameField(field, base, values));
}

/** The fields that PATCH of the agent does not take. */
export const savedApart: readonly ProfileField[] = ["schedule", "teamIds"];

/** Returns the PATCH that changes the fields to those of `values`, without weekly hours and teams. */
export function changeOf(fields: readonly ProfileField[], values: ProfileValues): AgentChange {
  return Object.fromEntries(
    fields.filter((field) => !savedApart.includes(field)).map((field) => [field, wireForm(field, values)]),
  ) as AgentChange;
}

/** Returns the teams to join and to leave. */
export function teamMoves(base: ProfileValues, values: ProfileValues): { join: string[]; leave: string[] } {
  return {
    join: values.teamIds.filter((id) => !base.teamIds.includes(id)),
    leave: base.teamIds.filter((id) => !values.teamIds.includes(id)),
  };
}

/** The result of a three-way merge. */
export interface Merged {
  /** Their values with my changes applied. Conflicting fields keep mine. */
  values: ProfileValues;
  /** Fields that both sides changed differently. */
  conflicts: ProfileField[];
}

/**
 * Applies my changes since `base` to `theirs` (three-way merge). Only fields that both sides changed
 * differently are conflicts.
 */
export function mergeValues(base: ProfileValues, mine: ProfileValues, theirs: ProfileValues): Merged {
  const values = { ...theirs };
  const conflicts: ProfileField[] = [];
  for (const field of changedFields(base, mine)) {
    if (isSameField(field, mine, theirs)) continue;
    take(field, values, mine);
    if (!isSameField(field, base, theirs)) conflicts.push(field);
  }
  return { values, conflicts };
}

export function take<F extends ProfileField>(field: F, to: ProfileValues, from: ProfileValues): void {
  to[field] = from[field];
}
