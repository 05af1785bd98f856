import type { Agent, AgentChange } from "@/lib/agents/agents/contract";
import type { Schedule } from "@/lib/hours/weeks/contract";

/** The tabs of the editor, by their name in the URL. */
export const profileTabs = [
  "profile",
  "availability",
  "schedule",
  "holidays",
  "timeOff",
  "skills",
  "voice",
  "workload",
  "history",
] as const;

export type ProfileTab = (typeof profileTabs)[number];

export type AssignedSkill = Agent["assignedSkills"][number];
/** A recording in the editor. A new one has no ID yet. */
type DropVmValue = Omit<Agent["dropVms"][number], "id"> & { id?: string | undefined };

/** A field of the form. Its label is in the catalog, under `profile.fields`. */
interface Field<Value> {
  tab: ProfileTab;
  /** Returns the form's value. Texts are as typed, so an empty one means none. */
  from: (agent: Agent, schedule: Schedule) => Value;
  /** Converts the form's value to the format of PATCH. */
  to: (value: Value) => unknown;
  /** Number of lines of a plain text input. Its help text is in the catalog under `profile.help`. */
  lines?: number;
  isRequired?: boolean;
}

const field = <Tab extends ProfileTab, Value>(
  tab: Tab,
  from: (agent: Agent, schedule: Schedule) => Value,
  to: (value: NoInfer<Value>) => unknown,
) => ({ tab, from, to });

/** An optional text of the API. */
type OptionalText = {
  [P in keyof Agent]-?: Agent[P] extends string | undefined
    ? undefined extends Agent[P]
      ? P
      : never
    : never;
}[keyof Agent];

const optionalText = <Tab extends ProfileTab>(tab: Tab, name: OptionalText) => ({
  tab,
  from: (agent: Agent): string => agent[name] ?? "",
  to: (value: string) => (value.trim() === "" ? null : value.trim()),
});

const asItIs = (value: unknown) => value;

/** All fields of the form, in the order in which lists name them and tabs show them. `status` and `avatarUrl` are saved immediately, outside it. */
const table = {
  name: {
    ...field(
      "profile",
      ({ name }) => name,
      (name) => name.trim(),
    ),
    lines: 1,
    isRequired: true,
  },
  bio: { ...optionalText("profile", "bio"), lines: 3 },
  timezone: field("profile", ({ timezone }) => timezone, asItIs),
  defaultCountryCode: optionalText("profile", "defaultCountryCode"),
  outOfOfficeResponse: { ...optionalText("profile", "outOfOfficeResponse"), lines: 3 },
  // All versions of the weekly hours, saved by a separate request.
  schedule: field(
    "schedule",
    (_, { always, versions }): Pick<Schedule, "always" | "versions"> => ({ always, versions }),
    asItIs,
  ),
  holidays: field("holidays", ({ holidays }) => holidays, asItIs),
  assignedSkills: field(
    "skills",
    ({ assignedSkills }) => assignedSkills,
    (skills) =>
      skills.map(({ id, selectedValues }) => ({
        id,
        selectedValues: selectedValues.map((each) => ({ id: each.id })),
      })),
  ),
  // Saved by separate requests, too.
  teamIds: field(
    "skills",
    ({ teams }) => teams.map(({ id }) => id),
    (ids) => [...ids].sort(),
  ),
  defaultCallerId: optionalText("voice", "defaultCallerId"),
  forwardNumber: field(
    "voice",
    ({ forwardNumber }) => forwardNumber ?? { enabled: false, number: "", maskCaller: false },
    // An object without any value is cleared as a whole.
    ({ number, ...rest }) =>
      number.trim() === "" && !rest.enabled ? null : { ...rest, number: number.trim() },
  ),
  transcriptionLocale: optionalText("voice", "transcriptionLocale"),
  defaultSenderId: optionalText("profile", "defaultSenderId"),
  dropVms: field(
    "voice",
    ({ dropVms }): DropVmValue[] => dropVms,
    (items) =>
      items.map(({ id, name, mediaUrl }) => ({ ...(id ? { id } : {}), name: name.trim(), mediaUrl })),
  ),
  // Seconds; null if the input is empty.
  wrapUpTime: field(
    "workload",
    ({ wrapUpTime }): number | null => wrapUpTime,
    (seconds) => seconds ?? Number.NaN,
  ),
} satisfies Record<
  Exclude<keyof AgentChange, "status" | "avatarUrl" | "weeklySchedule"> | "schedule" | "teamIds",
  Pick<Field<unknown>, "tab" | "lines" | "isRequired">
>;

type Table = typeof table;

export type ProfileField = keyof Table;
/** The fields of one tab. */
export type FieldOf<Tab extends ProfileTab> = {
  [F in ProfileField]: Table[F] extends { tab: Tab } ? F : never;
}[ProfileField];
/** The fields that are plain text inputs. */
export type TextProfileField = {
  [F in ProfileField]: Table[F] extends { lines: number } ? F : never;
}[ProfileField];

/** The editor's form values. Phone numbers are as parsed by `PhoneField`. */
export type ProfileValues = { [F in ProfileField]: ReturnType<Table[F]["from"]> };

export const fieldTable: { readonly [F in ProfileField]: Field<ProfileValues[F]> } = table;

/** The fields in the order of the table. */
export const profileFields = Object.keys(table) as ProfileField[];

/** Returns the fields of one tab. */
export const fieldsOf = <Tab extends ProfileTab>(tab: Tab) =>
  profileFields.filter((name): name is FieldOf<Tab> => fieldTable[name].tab === tab);

export const isTextField = (name: ProfileField): name is TextProfileField =>
  fieldTable[name].lines !== undefined;
