import type { Agent, AgentChange } from "@/lib/agents/agents/contract";
import type { Holiday, WeeklySchedule } from "@/lib/hours/schedule/contract";
import { isSame } from "@/lib/platform/sameness";

export type AssignedSkill = Agent["assignedSkills"][number];
/** A recording in the editor. A new one has no ID yet. */
export type DropVmValue = Omit<Agent["dropVms"][number], "id"> & { id?: string | undefined };

/**
 * The editor's form values. Texts are as typed, so an empty one means none; phone numbers are as parsed by
 * `PhoneField`.
 */
export interface ProfileValues {
  name: string;
  bio: string;
  timezone: string;
  defaultCountryCode: string;
  outOfOfficeResponse: string;
  weeklySchedule: WeeklySchedule | null;
  holidays: Holiday[];
  assignedSkills: AssignedSkill[];
  teamIds: string[];
  defaultCallerId: string;
  forwardNumber: { enabled: boolean; number: string; maskCaller: boolean };
  transcriptionLocale: string;
  defaultSenderId: string;
  dropVms: DropVmValue[];
  /** Seconds; null if empty. */
  wrapUpTime: number | null;
}

export type ProfileField = keyof ProfileValues;

/** The fields in the order of the tabs. */
export const profileFields = [
  "name",
  "bio",
  "timezone",
  "defaultCountryCode",
  "outOfOfficeResponse",
  "weeklySchedule",
  "holidays",
  "assignedSkills",
  "teamIds",
  "defaultCallerId",
  "forwardNumber",
  "transcriptionLocale",
  "defaultSenderId",
  "dropVms",
  "wrapUpTime",
] as const satisfies readonly ProfileField[];

/** Returns the form values of an agent. */
export function valuesOf(agent: Agent): ProfileValues {
  return {
    name: agent.name,
    bio: agent.bio ?? "",
    timezone: agent.timezone,
    defaultCountryCode: agent.defaultCountryCode ?? "",
    outOfOfficeResponse: agent.outOfOfficeResponse ?? "",
    weeklySchedule: agent.weeklySchedule ?? null,
    holidays: agent.holidays,
    assignedSkills: agent.assignedSkills,
    teamIds: agent.teams.map(({ id }) => id),
    defaultCallerId: agent.defaultCallerId ?? "",
    forwardNumber: agent.forwardNumber ?? { enabled: false, number: "", maskCaller: false },
    transcriptionLocale: agent.transcriptionLocale ?? "",
    defaultSenderId: agent.defaultSenderId ?? "",
    dropVms: agent.dropVms,
    wrapUpTime: agent.wrapUpTime,
  };
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

/**
 * Converts fields to the format of PATCH. Teams use a request of their own. The mapped type requires an entry
 * per field.
 */
const wireForms: { [F in Exclude<ProfileField, "teamIds">]: (value: ProfileValues[F]) => unknown } = {
  name: (value) => value.trim(),
  bio: orNull,
  timezone: (value) => value,
  defaultCountryCode: orNull,
  outOfOfficeResponse: orNull,
  weeklySchedule: (value) => value,
  holidays: (value) => value,
  assignedSkills: (value) =>
    value.map(({ id, selectedValues }) => ({
      id,
      selectedValues: selectedValues.map((each) => ({ id: each.id })),
    })),
  defaultCallerId: orNull,
  // An object without any value is cleared as a whole.
  forwardNumber: ({ number, ...rest }) =>
    number.trim() === "" && !rest.enabled ? null : { ...rest, number: number.trim() },
  transcriptionLocale: orNull,
  defaultSenderId: orNull,
  dropVms: (value) =>
    value.map(({ id, name, mediaUrl }) => ({ ...(id ? { id } : {}), name: name.trim(), mediaUrl })),
  wrapUpTime: (value) => value ?? Number.NaN,
};

/** Returns a field in the format of PATCH. */
export function wireForm(field: ProfileField, values: ProfileValues): unknown {
  if (field === "teamIds") return [...values.teamIds].sort();
  return (wireForms[field] as (value: unknown) => unknown)(values[field]);
}

/** Returns a value for comparison, sorted where order has no meaning. */
function comparable(field: ProfileField, values: ProfileValues): unknown {
  if (field !== "assignedSkills") return wireForm(field, values);
  return values.assignedSkills
    .map(({ id, selectedValues }) => [id, ...selectedValues.map((each) => each.id).sort()])
    .sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1));
}

/** Returns whether a field is equal in both. */
export function isSameField(field: ProfileField, a: ProfileValues, b: ProfileValues): boolean {
  const [left, right] = [comparable(field, a), comparable(field, b)];
  return isSame(left, right) || (Number.isNaN(left) && Number.isNaN(right));
}

/** Returns the fields that differ, in the order of the tabs. */
export function changedFields(base: ProfileValues, values: ProfileValues): ProfileField[] {
  return profileFields.filter((field) => !isSameField(field, base, values));
}

/** Returns the PATCH that changes the fields to those of `values`, without teams. */
export function changeOf(fields: readonly ProfileField[], values: ProfileValues): AgentChange {
  return Object.fromEntries(
    fields.filter((field) => field !== "teamIds").map((field) => [field, wireForm(field, values)]),
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
  /** Their values with my changes applied; mine where both conflict. */
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
