import type { Agent, AgentChange } from "@/lib/agents/agents/contract";
import type { Holiday, WeeklySchedule } from "@/lib/hours/schedule/contract";
import { isSame } from "@/lib/platform/sameness";

export type AssignedSkill = Agent["assignedSkills"][number];
/** A recording as the editor holds it: a new one has no id yet. */
export type DropVmValue = Omit<Agent["dropVms"][number], "id"> & { id?: string | undefined };

/** What the editor holds: texts as typed, so an empty one stands for "none"; phone numbers as read, see `PhoneField`. */
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
  /** Seconds; null while none are entered. */
  wrapUpTime: number | null;
}

export type ProfileField = keyof ProfileValues;

/** The fields in the order in which the tabs show them. */
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

/** What the editor shows of an agent. */
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

/** Each field as PATCH takes it; teams have a request of their own. Total, so that a field can't be forgotten. */
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
  // Given up as a whole where nothing is left of it.
  forwardNumber: ({ number, ...rest }) =>
    number.trim() === "" && !rest.enabled ? null : { ...rest, number: number.trim() },
  transcriptionLocale: orNull,
  defaultSenderId: orNull,
  dropVms: (value) =>
    value.map(({ id, name, mediaUrl }) => ({ ...(id ? { id } : {}), name: name.trim(), mediaUrl })),
  wrapUpTime: (value) => value ?? Number.NaN,
};

/** A field as PATCH takes it. */
export function wireForm(field: ProfileField, values: ProfileValues): unknown {
  if (field === "teamIds") return [...values.teamIds].sort();
  return (wireForms[field] as (value: unknown) => unknown)(values[field]);
}

/** What tells whether a field is the same: order doesn't matter where it means nothing. */
function comparable(field: ProfileField, values: ProfileValues): unknown {
  if (field !== "assignedSkills") return wireForm(field, values);
  return values.assignedSkills
    .map(({ id, selectedValues }) => [id, ...selectedValues.map((each) => each.id).sort()])
    .sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1));
}

/** Whether a field means the same in both. */
export function isSameField(field: ProfileField, a: ProfileValues, b: ProfileValues): boolean {
  const [left, right] = [comparable(field, a), comparable(field, b)];
  return isSame(left, right) || (Number.isNaN(left) && Number.isNaN(right));
}

/** The fields that differ, in the order of the tabs. */
export function changedFields(base: ProfileValues, values: ProfileValues): ProfileField[] {
  return profileFields.filter((field) => !isSameField(field, base, values));
}

/** What has to be sent so that the fields become what they are in `values`; teams are not part of it. */
export function changeOf(fields: readonly ProfileField[], values: ProfileValues): AgentChange {
  return Object.fromEntries(
    fields.filter((field) => field !== "teamIds").map((field) => [field, wireForm(field, values)]),
  ) as AgentChange;
}

/** The teams to join and to leave. */
export function teamMoves(base: ProfileValues, values: ProfileValues): { join: string[]; leave: string[] } {
  return {
    join: values.teamIds.filter((id) => !base.teamIds.includes(id)),
    leave: base.teamIds.filter((id) => !values.teamIds.includes(id)),
  };
}

/** What came of putting my changes onto what somebody else has saved. */
export interface Merged {
  /** Theirs, with my changes on top; in a conflict mine. */
  values: ProfileValues;
  /** Fields that both of us changed, to different ends. */
  conflicts: ProfileField[];
}

/** Puts what I changed since `base` onto `theirs`. Only what both changed differently is a conflict. */
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

/** Copies one field. */
export function take<F extends ProfileField>(field: F, to: ProfileValues, from: ProfileValues): void {
  to[field] = from[field];
}
