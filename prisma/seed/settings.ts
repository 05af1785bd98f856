import { foldText } from "@/lib/platform/text/text-folding";
import { makeWorkspace, type Rows } from "@/lib/testing/factories";
import type { Random } from "@/lib/testing/random";
import type { Settings } from "./data/settings";

export interface DemoSkill {
  id: string;
  name: string;
  valueType: "single" | "multiple";
  values: { id: string; value: string; icon: string | undefined }[];
}

export interface DemoRule {
  id: string;
  name: string;
  isDefault: boolean;
  messaging: number;
  email: number;
}

/** A workspace without people, with its settings by name. */
export interface DemoWorkspace {
  id: string;
  slug: string;
  /** Epoch milliseconds. */
  createdAt: number;
  rows: Partial<Rows>;
  /** Role ids by name. */
  roles: ReadonlyMap<string, string>;
  teams: ReadonlyMap<string, string>;
  skills: readonly DemoSkill[];
  rules: readonly DemoRule[];
  senderIds: readonly string[];
}

const HOUR = 3_600_000;

/** Sets up a workspace in the hours after `at` (epoch milliseconds). */
export function makeSettings(settings: Settings, at: number, random: Random): DemoWorkspace {
  const workspaceId = random.id(at);
  let clock = at;
  /** Id and times of the next row. Times increase, since lists are sorted by creation. */
  const next = () => {
    clock += random.integer(HOUR / 60, HOUR);
    const createdAt = new Date(clock);
    return { workspaceId, id: random.id(clock), createdAt, updatedAt: createdAt };
  };

  const workspace = makeWorkspace({
    id: workspaceId,
    name: settings.name,
    slug: settings.slug,
    timezone: settings.timezone,
    createdAt: new Date(at),
  });
  const roles: Rows["roles"] = settings.roles.map(({ name, permissions }) => ({
    ...next(),
    type: "organization",
    name,
    permissions: [...permissions],
  }));
  const teams: Rows["teams"] = settings.teams.map((team) => ({ ...next(), ...team }));
  const rules: Rows["capacityRules"] = settings.capacityRules.map(({ messaging, email, ...rule }) => ({
    ...next(),
    ...rule,
    messagingCapacity: messaging,
    emailCapacity: email,
  }));
  const senders: Rows["senderProfiles"] = settings.senders.map(({ username, domain, ...sender }) => ({
    ...next(),
    ...sender,
    emailUsername: username,
    emailDomain: domain,
  }));
  const skills: Rows["skills"] = [];
  const skillValues: Rows["skillValues"] = [];
  const demoSkills = settings.skills.map(({ values, ...skill }): DemoSkill => {
    const row = next();
    skills.push({ ...row, ...skill, nameKey: foldText(skill.name) });
    const kept = values.map(([value, icon]) => ({ id: random.id(clock), value, icon }));
    kept.forEach((value, position) => {
      skillValues.push({
        workspaceId,
        skillId: row.id,
        id: value.id,
        position,
        value: value.value,
        icon: value.icon ?? null,
      });
    });
    return { id: row.id, name: skill.name, valueType: skill.valueType, values: kept };
  });

  const presets: Rows["presets"] = settings.presets.map((preset, position) => ({
    ...next(),
    ...preset,
    nameKey: foldText(preset.name),
    position,
  }));

  const allRoles = [...workspace.roles, ...roles];
  return {
    id: workspaceId,
    slug: settings.slug,
    createdAt: at,
    rows: {
      ...workspace,
      roles: allRoles,
      teams,
      skills,
      skillValues,
      capacityRules: rules,
      senderProfiles: senders,
      presets,
    },
    roles: new Map(allRoles.map((role) => [role.name, role.id])),
    teams: new Map(teams.map((team) => [team.name, team.id])),
    skills: demoSkills,
    rules: rules.map((rule) => ({
      id: rule.id,
      name: rule.name,
      isDefault: rule.isDefault ?? false,
      messaging: rule.messagingCapacity,
      email: rule.emailCapacity,
    })),
    senderIds: senders.map((sender) => sender.id),
  };
}

/** Returns an id by name. Throws if there is none. */
export function idOf(parts: ReadonlyMap<string, string>, name: string): string {
  const id = parts.get(name);
  if (id === undefined) throw new Error(`The demo data has no "${name}".`);
  return id;
}
