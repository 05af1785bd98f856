import { managedRoles } from "@/lib/access/roles/rules";
import { toOnlyVersion } from "@/lib/hours/schedule/stored";
import { hashAccessKey } from "@/lib/platform/security/access-keys";
import { weekdays } from "@/lib/platform/time/calendar";
import { drawn, madeId, personName } from "./people";

export interface Size {
  /** In all workspaces together. */
  agents: number;
  workspaces: number;
  /** Percentage of agents whose hours of today are not their usual ones; defaults to 0. */
  exceptions?: number;
}

/** The objects that scenarios ask for, with credentials. All are in the first workspace. */
export interface Subject {
  workspaceId: string;
  /** Access key with all permissions in the workspace. */
  key: string;
  agents: number;
  /** A few agents spread across the list. */
  agentIds: string[];
  /** A team, a skill and a role with about a hundred agents each, or with all agents if there are fewer. */
  teamId: string;
  skillId: string;
  roleId: string;
  /** Start of the latest hundred status changes. */
  statusSince: string;
}

const start = Date.UTC(2024, 0, 8, 9);
/** Milliseconds between the creation of consecutive agents, across all workspaces. */
const step = 20_000;
const rare = 100;
export const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kathmandu",
  "America/St_Johns",
  "Asia/Tokyo",
  "UTC",
];
const statuses = ["active", "active", "active", "active", "active", "away", "away", "offline", "offline"];
const activities = [
  "available",
  "available",
  "available",
  "busy",
  "onCall",
  "wrapUp",
  "onBreak",
  "inMeeting",
];

/** Table numbers in generated ids, so that ids of different tables never collide. */
const kind = { workspace: 1, role: 2, team: 3, skill: 4, value: 5, rule: 6, sender: 7, key: 8, user: 9 };
const agentKind = 16;
const workloadKind = 17;

export const tables = {
  workspaces: "id, name, slug, timezone, created_at, updated_at",
  roles: "workspace_id, id, type, name, permissions, created_at, updated_at",
  access_keys: "workspace_id, id, name, role_id, key_hash, created_at, updated_at",
  teams: "workspace_id, id, name, created_at, updated_at",
  skills: "workspace_id, id, name, name_key, value_type, created_at, updated_at",
  skill_values: "workspace_id, skill_id, id, position, value",
  capacity_rules:
    "workspace_id, id, name, description, is_default, messaging_capacity, email_capacity, created_at, updated_at",
  sender_profiles: "workspace_id, id, name, email_username, email_domain, created_at, updated_at",
  users: "id, name, created_at, updated_at",
  user_emails: "user_id, position, email, address, search_key",
  memberships: "workspace_id, user_id, status, created_at, updated_at",
  membership_roles: "workspace_id, user_id, role_id",
  agents:
    "workspace_id, id, type, user_id, name, name_key, bio, wrap_up_time, timezone, default_country_code, " +
    "schedule, holidays, default_sender_id, created_at, updated_at",
  agent_states:
    "workspace_id, agent_id, status, activity, activity_expires_at, activity_text, last_status_set, last_activity_set, " +
    "last_set_to_away_at, availability_updated_at, workload_id, messaging_count, email_count, assigned_count, " +
    "last_assigned_at, workload_updated_at, capacity_rule_id",
  team_members: "workspace_id, team_id, agent_id, member_since",
  agent_skills: "workspace_id, agent_id, skill_id, position",
  agent_skill_values: "workspace_id, agent_id, skill_id, value_id",
} as const;

export type Table = keyof typeof tables;
export type Lines = Record<Table, string[]>;

const emptyLines = () =>
  Object.fromEntries(Object.keys(tables).map((table) => [table, [] as string[]])) as Lines;

/**
 * Returns a row in COPY text format; null is `\N`. Values need no escaping: none has a tab, line break or
 * backslash.
 */
const row = (...values: (string | number | boolean | null)[]) =>
  values.map((value) => (value === null ? "\\N" : String(value))).join("\t");

const instant = (at: number) => new Date(at).toISOString();

const hours = (from: number, to: number, days: number) =>
  JSON.stringify(
    toOnlyVersion(Object.fromEntries(weekdays.slice(0, days).map((day) => [day, { from, to }]))),
  );
const schedules = [hours(540, 1020, 5), hours(480, 960, 5), hours(780, 1320, 6), hours(1320, 360, 7)];
const holidays = ['[{"name": "New Year", "day": 1, "month": 1}]', "[]"];

/** Returns the number of settings of each kind in a workspace. Teams have about fifty agents. */
function settingsFor(agents: number) {
  return {
    teams: Math.max(4, Math.round(agents / 25)),
    skills: Math.min(200, Math.max(10, Math.round(agents / 300))),
    rules: 4,
    senders: 3,
  };
}

const valuesOfSkill = 4;

/** Access key of the first workspace. Not secret: the data is generated and served on loopback only. */
const benchKey = "rck_bench-key-of-a-made-up-data-set-000000000000";

/** Returns the objects that scenarios ask for in a data set of this size. */
export function subjectOf({ agents, workspaces }: Size): Subject {
  const own = Math.floor(agents / workspaces);
  const every = Math.max(1, Math.floor(own / 97));
  const settings = settingsFor(own);
  return {
    workspaceId: madeId(start, kind.workspace, 0),
    key: benchKey,
    agents: own,
    agentIds: Array.from({ length: Math.min(97, own) }, (_, nth) => agentId(nth * every)),
    teamId: madeId(start, kind.team, Math.floor(settings.teams / 2)),
    skillId: madeId(start, kind.skill, settings.skills),
    roleId: madeId(start, kind.role, 0),
    statusSince: instant(lastStatusSet(own - Math.min(rare, own))),
  };
}

const agentId = (index: number) => madeId(start + index * step, agentKind, index);
const userId = (index: number) => madeId(start + index * step, kind.user, index);
const lastStatusSet = (index: number) => start + index * step + 3_600_000;

/** Yields all rows in batches of some thousand agents, referenced tables first. */
export function* makeDataset({ agents, workspaces }: Size): Generator<Lines> {
  const own = Math.floor(agents / workspaces);
  const settings = settingsFor(own);
  let lines = emptyLines();
  for (let workspace = 0; workspace < workspaces; workspace++) {
    addWorkspace(lines, workspace, settings);
    for (let nth = 0; nth < own; nth++) {
      addAgent(lines, { workspace, nth, own, settings });
      if (lines.agents.length >= 10_000) {
        yield lines;
        lines = emptyLines();
      }
    }
  }
  yield lines;
}

function addWorkspace(lines: Lines, workspace: number, settings: ReturnType<typeof settingsFor>): void {
  const id = madeId(start, kind.workspace, workspace);
  const at = instant(start);
  lines.workspaces.push(row(id, `Bench ${workspace}`, `bench-${workspace}`, "Europe/Berlin", at, at));
  for (const role of managedRoles)
    lines.roles.push(row(id, role.id, "managed", role.name, `{${role.permissions.join(",")}}`, at, at));
  lines.roles.push(
    row(id, madeId(start, kind.role, workspace), "organization", "Trainer", "{agents.read}", at, at),
  );
  if (workspace === 0) {
    const hash = `\\\\x${hashAccessKey(benchKey).toString("hex")}`;
    lines.access_keys.push(
      row(id, madeId(start, kind.key, 0), "Bench", managedRoles[0]?.id ?? "", hash, at, at),
    );
  }
  const each = (count: number, add: (nth: number, index: number, at: string) => void) => {
    for (let nth = 0; nth < count; nth++) add(nth, workspace * count + nth, instant(start + nth * 1000));
  };
  each(settings.teams, (nth, index, made) =>
    lines.teams.push(row(id, madeId(start, kind.team, index), `Team ${nth}`, made, made)),
  );
  // One more skill than the agents cycle through; only the rare agents have the last one.
  each(settings.skills + 1, (nth, index, made) => {
    const skill = madeId(start, kind.skill, index);
    lines.skills.push(row(id, skill, `Skill ${nth}`, `skill ${nth}`, "multiple", made, made));
    for (let value = 0; value < valuesOfSkill; value++)
      lines.skill_values.push(
        row(id, skill, madeId(start, kind.value, index * valuesOfSkill + value), value, `Level ${value}`),
      );
  });
  each(settings.rules, (nth, index, made) =>
    lines.capacity_rules.push(
      row(id, madeId(start, kind.rule, index), `Rule ${nth}`, `Rule ${nth}`, nth === 0, 4, 8, made, made),
    ),
  );
  each(settings.senders, (nth, index, made) =>
    lines.sender_profiles.push(
      row(id, madeId(start, kind.sender, index), `Sender ${nth}`, `desk${nth}`, "bench.example", made, made),
    ),
  );
}

interface Place {
  workspace: number;
  /** Number of the agent in its workspace, and the workspace's size. */
  nth: number;
  own: number;
  settings: ReturnType<typeof settingsFor>;
}

function addAgent(lines: Lines, { workspace, nth, own, settings }: Place): void {
  const index = workspace * own + nth;
  const workspaceId = madeId(start, kind.workspace, workspace);
  const at = start + index * step;
  const made = instant(at);
  const isRare = own <= rare || nth % Math.floor(own / rare) === Math.floor(own / rare / 2);
  const { name, key } = personName(index, isRare);
  const person = userId(index);
  const agent = agentId(index);
  const email = `${key.replaceAll(/[^a-z]+/g, ".")}.${index}@people.example`;
  lines.users.push(row(person, name, made, made));
  lines.user_emails.push(row(person, 0, email, email, email));
  lines.memberships.push(row(workspaceId, person, "active", made, made));
  lines.membership_roles.push(row(workspaceId, person, managedRoles[1]?.id ?? ""));
  if (isRare) lines.membership_roles.push(row(workspaceId, person, madeId(start, kind.role, workspace)));
  else if (drawn(index, 5, 2) === 0)
    lines.membership_roles.push(row(workspaceId, person, managedRoles[2]?.id ?? ""));
  const sender = madeId(start, kind.sender, workspace * settings.senders + drawn(index, 6, settings.senders));
  lines.agents.push(
    row(
      workspaceId,
      agent,
      "user",
      person,
      name,
      key,
      "Answers what customers ask, and asks back when that is what helps.",
      30,
      zones[drawn(index, 7, zones.length)] ?? "UTC",
      "DE",
      schedules[drawn(index, 8, schedules.length)] ?? null,
      holidays[drawn(index, 9, 2)] ?? "[]",
      sender,
      made,
      made,
    ),
  );
  const status = statuses[drawn(index, 10, statuses.length)] ?? "away";
  const activity = activities[drawn(index, 11, activities.length)] ?? "available";
  const messaging = drawn(index, 12, 6);
  const emails = drawn(index, 13, 9);
  const set = instant(lastStatusSet(index));
  const expires =
    activity !== "available" && drawn(index, 14, 4) === 0 ? instant(Date.UTC(2100, 0, 1)) : null;
  lines.agent_states.push(
    row(
      workspaceId,
      agent,
      status,
      activity,
      expires,
      activity === "onBreak" ? "Back soon" : null,
      set,
      set,
      made,
      set,
      madeId(at, workloadKind, index),
      messaging,
      emails,
      messaging + emails,
      set,
      set,
      madeId(start, kind.rule, workspace * settings.rules + drawn(index, 15, settings.rules)),
    ),
  );
  const first = drawn(index, 16, settings.teams);
  for (const team of [first, (first + 1 + drawn(index, 17, settings.teams - 1)) % settings.teams])
    lines.team_members.push(
      row(workspaceId, madeId(start, kind.team, workspace * settings.teams + team), agent, made),
    );
  const skill = drawn(index, 18, settings.skills);
  [skill, (skill + 1) % settings.skills, isRare ? settings.skills : (skill + 2) % settings.skills].forEach(
    (each, position) => {
      const skillIndex = workspace * (settings.skills + 1) + each;
      const value = skillIndex * valuesOfSkill + drawn(index, 19 + position, valuesOfSkill);
      const skillId = madeId(start, kind.skill, skillIndex);
      lines.agent_skills.push(row(workspaceId, agent, skillId, position));
      lines.agent_skill_values.push(row(workspaceId, agent, skillId, madeId(start, kind.value, value)));
    },
  );
}
