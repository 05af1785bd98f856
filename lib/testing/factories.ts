import { managedRoles } from "@/lib/access/roles/rules";
import { initialAvailability } from "@/lib/availability/declared/rules";
import { availabilityColumns } from "@/lib/availability/declared/server/serializer";
import type { Prisma } from "@/lib/generated/prisma/client";
import { type StoredSchedule, type StoredVersion, toOnlyVersion } from "@/lib/hours/schedule/stored";
import type { Query } from "@/lib/platform/database/db";
import { newId } from "@/lib/platform/ids";
import { foldText } from "@/lib/platform/text/text-folding";

/** Default creation time of rows. */
const longAgo = new Date("2025-03-03T09:00:00.000Z");

type AgentRow = Omit<Prisma.AgentCreateManyInput, "schedule"> & { schedule?: StoredVersion[] | null };

/** Rows by table. */
export interface Rows {
  workspaces: Prisma.WorkspaceCreateManyInput[];
  roles: Prisma.RoleCreateManyInput[];
  users: Prisma.UserCreateManyInput[];
  userEmails: Prisma.UserEmailCreateManyInput[];
  memberships: Prisma.MembershipCreateManyInput[];
  membershipRoles: Prisma.MembershipRoleCreateManyInput[];
  accessKeys: Prisma.AccessKeyCreateManyInput[];
  teams: Prisma.TeamCreateManyInput[];
  skills: Prisma.SkillCreateManyInput[];
  skillValues: Prisma.SkillValueCreateManyInput[];
  capacityRules: Prisma.CapacityRuleCreateManyInput[];
  senderProfiles: Prisma.SenderProfileCreateManyInput[];
  presets: Prisma.PresetCreateManyInput[];
  agents: AgentRow[];
  agentStates: Prisma.AgentStateCreateManyInput[];
  teamMembers: Prisma.TeamMemberCreateManyInput[];
  agentSkills: Prisma.AgentSkillCreateManyInput[];
  agentSkillValues: Prisma.AgentSkillValueCreateManyInput[];
  changes: Prisma.ChangeCreateManyInput[];
  presenceSessions: Prisma.PresenceSessionCreateManyInput[];
  routingQueues: Prisma.RoutingQueueCreateManyInput[];
  routingQueueTeams: Prisma.RoutingQueueTeamCreateManyInput[];
  conversations: Prisma.ConversationCreateManyInput[];
  offers: Prisma.OfferCreateManyInput[];
  routingDecisions: Prisma.RoutingDecisionCreateManyInput[];
  agentOverrides: Prisma.AgentOverrideCreateManyInput[];
  holidayCalendars: Prisma.HolidayCalendarCreateManyInput[];
  holidayCalendarDays: Prisma.HolidayCalendarDayCreateManyInput[];
  agentHolidayCalendars: Prisma.AgentHolidayCalendarCreateManyInput[];
  timeOffTypes: Prisma.TimeOffTypeCreateManyInput[];
  timeOff: Prisma.TimeOffCreateManyInput[];
  shifts: Prisma.ShiftCreateManyInput[];
  rotations: Prisma.RotationCreateManyInput[];
  rotationVersions: Prisma.RotationVersionCreateManyInput[];
  rotationMembers: Prisma.RotationMemberCreateManyInput[];
  shiftSwaps: Prisma.ShiftSwapCreateManyInput[];
  coverageNeeds: Prisma.CoverageNeedCreateManyInput[];
}

/** In the order of their foreign keys: referenced tables first. */
const tables = [
  "workspaces",
  "roles",
  "users",
  "userEmails",
  "memberships",
  "membershipRoles",
  "accessKeys",
  "teams",
  "skills",
  "skillValues",
  "capacityRules",
  "senderProfiles",
  "presets",
  "agents",
  "agentStates",
  "teamMembers",
  "agentSkills",
  "agentSkillValues",
  "changes",
  "presenceSessions",
  "routingQueues",
  "routingQueueTeams",
  "conversations",
  "offers",
  "routingDecisions",
  "agentOverrides",
  "holidayCalendars",
  "holidayCalendarDays",
  "agentHolidayCalendars",
  "timeOffTypes",
  "timeOff",
  "shifts",
  "rotations",
  "rotationVersions",
  "rotationMembers",
  "shiftSwaps",
  "coverageNeeds",
] as const satisfies readonly (keyof Rows)[];

/** Database names are the snake-case form of Prisma's. */
const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Inserts rows in foreign key order, with one statement per table and set of columns: twice as fast as
 * Prisma's `createMany`. Omitted columns get their defaults.
 */
export async function insertRows(query: Query, rows: Partial<Rows>): Promise<void> {
  for (const table of tables) {
    const alike = new Map<string, object[]>();
    for (const row of rows[table] ?? []) {
      const given = Object.entries(row).filter(([, value]) => value !== undefined);
      const columns = given.map(([name]) => `"${snakeCase(name)}"`).join(", ");
      const same = alike.get(columns) ?? [];
      same.push(Object.fromEntries(given.map(([name, value]) => [snakeCase(name), value])));
      alike.set(columns, same);
    }
    for (const [columns, same] of alike)
      await query(
        `INSERT INTO ${snakeCase(table)} (${columns})
         SELECT ${columns} FROM jsonb_populate_recordset(NULL::${snakeCase(table)}, :rows::jsonb)`,
        { rows: JSON.stringify(same, bytesInHex) },
      );
  }
}

const bytesInHex = (_: string, value: unknown) =>
  value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : value;

/** Creates a workspace with its managed roles. */
export function makeWorkspace(
  overrides: Partial<Prisma.WorkspaceCreateManyInput> = {},
): Pick<Rows, "workspaces" | "roles"> {
  const id = overrides.id ?? newId();
  const createdAt = overrides.createdAt ?? longAgo;
  return {
    workspaces: [
      {
        id,
        name: "Initech",
        slug: `initech-${id}`,
        timezone: "Europe/Berlin",
        createdAt,
        updatedAt: createdAt,
        ...overrides,
      },
    ],
    roles: managedRoles.map((role) => ({
      workspaceId: id,
      id: role.id,
      type: "managed",
      name: role.name,
      permissions: [...role.permissions],
      createdAt,
      updatedAt: createdAt,
    })),
  };
}

/** Creates a person without a workspace; the first email is the default one. */
export function makePerson({
  emails,
  ...overrides
}: Partial<Prisma.UserCreateManyInput> & { emails?: readonly string[] } = {}): Pick<
  Rows,
  "users" | "userEmails"
> {
  const id = overrides.id ?? newId();
  const createdAt = overrides.createdAt ?? longAgo;
  return {
    users: [{ id, name: "Robin Example", createdAt, updatedAt: createdAt, ...overrides }],
    userEmails: (emails ?? [`${id}@example.com`]).map((email, position) => ({
      userId: id,
      position,
      email,
      address: email.toLowerCase(),
      searchKey: foldText(email),
    })),
  };
}

/** Creates a membership; its default role is the managed role "Agent". */
export function makeMembership({
  roleIds,
  ...row
}: Pick<Prisma.MembershipCreateManyInput, "workspaceId" | "userId"> &
  Partial<Prisma.MembershipCreateManyInput> & { roleIds?: readonly string[] }): Pick<
  Rows,
  "memberships" | "membershipRoles"
> {
  const { workspaceId, userId } = row;
  const createdAt = row.createdAt ?? longAgo;
  const agentRole = managedRoles.find((role) => role.name === "Agent");
  return {
    memberships: [{ status: "active", createdAt, updatedAt: createdAt, ...row }],
    membershipRoles: (roleIds ?? (agentRole ? [agentRole.id] : [])).map((roleId) => ({
      workspaceId,
      userId,
      roleId,
    })),
  };
}

/**
 * Creates an agent in the initial state: away, available, no work. With `userId` a person's agent, else a bot. Tests
 * may set counts of conversations without their rows, because triggers would take minutes for 100,000 agents.
 */
export function makeAgent(
  {
    weeklySchedule,
    ...agent
  }: Pick<AgentRow, "workspaceId"> &
    Partial<Omit<AgentRow, "nameKey">> & { weeklySchedule?: StoredSchedule | null },
  state: Partial<Prisma.AgentStateCreateManyInput> = {},
): Pick<Rows, "agents" | "agentStates"> {
  const id = agent.id ?? newId();
  const name = agent.name ?? "Robin Example";
  const createdAt = new Date(agent.createdAt ?? longAgo);
  return {
    agents: [
      {
        id,
        type: agent.userId ? "user" : "bot",
        name,
        nameKey: foldText(name),
        timezone: "Europe/Berlin",
        createdAt,
        updatedAt: createdAt,
        ...(weeklySchedule && { schedule: toOnlyVersion(weeklySchedule) }),
        ...agent,
      },
    ],
    agentStates: [
      {
        workspaceId: agent.workspaceId,
        agentId: id,
        ...availabilityColumns(initialAvailability(createdAt.getTime())),
        workloadId: newId(),
        workloadUpdatedAt: createdAt,
        ...state,
      },
    ],
  };
}

/** Combines the rows of several factories. */
export function combineRows(parts: readonly Partial<Rows>[]): Partial<Rows> {
  const combined: Record<string, unknown[]> = {};
  for (const part of parts)
    for (const [table, rows] of Object.entries(part)) {
      combined[table] ??= [];
      combined[table].push(...rows);
    }
  return combined as Partial<Rows>;
}
