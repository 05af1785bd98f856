import { initialAvailability } from "@/lib/availability/rules";
import { availabilityColumns } from "@/lib/availability/serializer";
import type { Prisma } from "@/lib/generated/prisma/client";
import { newId } from "@/lib/ids";
import { managedRoles } from "@/lib/roles/rules";
import { foldText } from "@/lib/text-folding";

/** When what a test does not date was made. */
const longAgo = new Date("2025-03-03T09:00:00.000Z");

/** Rows of every table, in an order in which their foreign keys hold. */
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
  agents: Prisma.AgentCreateManyInput[];
  agentStates: Prisma.AgentStateCreateManyInput[];
  teamMembers: Prisma.TeamMemberCreateManyInput[];
  agentSkills: Prisma.AgentSkillCreateManyInput[];
  agentSkillValues: Prisma.AgentSkillValueCreateManyInput[];
  changes: Prisma.ChangeCreateManyInput[];
}

/** Inserts rows, a statement or a few for each table, whatever the order in which they are given. */
export async function insertRows(client: Prisma.TransactionClient, rows: Partial<Rows>): Promise<void> {
  await client.workspace.createMany({ data: rows.workspaces ?? [] });
  await client.role.createMany({ data: rows.roles ?? [] });
  await client.user.createMany({ data: rows.users ?? [] });
  await client.userEmail.createMany({ data: rows.userEmails ?? [] });
  await client.membership.createMany({ data: rows.memberships ?? [] });
  await client.membershipRole.createMany({ data: rows.membershipRoles ?? [] });
  await client.accessKey.createMany({ data: rows.accessKeys ?? [] });
  await client.team.createMany({ data: rows.teams ?? [] });
  await client.skill.createMany({ data: rows.skills ?? [] });
  await client.skillValue.createMany({ data: rows.skillValues ?? [] });
  await client.capacityRule.createMany({ data: rows.capacityRules ?? [] });
  await client.senderProfile.createMany({ data: rows.senderProfiles ?? [] });
  await client.agent.createMany({ data: rows.agents ?? [] });
  await client.agentState.createMany({ data: rows.agentStates ?? [] });
  await client.teamMember.createMany({ data: rows.teamMembers ?? [] });
  await client.agentSkill.createMany({ data: rows.agentSkills ?? [] });
  await client.agentSkillValue.createMany({ data: rows.agentSkillValues ?? [] });
  await client.change.createMany({ data: rows.changes ?? [] });
}

/** A workspace with the managed roles, which no workspace is without. */
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

/** A person who belongs to no workspace yet; the first address is the default one. */
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

/** A person's place in a workspace, with roles there (managed role "Agent" unless told). */
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

/** An agent as one is just made: away, available, without work. With a `userId` a person's, else a bot. */
export function makeAgent(
  agent: Pick<Prisma.AgentCreateManyInput, "workspaceId"> &
    Partial<Omit<Prisma.AgentCreateManyInput, "nameKey">>,
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

/** Rows of several factories as one. */
export function combineRows(parts: readonly Partial<Rows>[]): Partial<Rows> {
  const combined: Record<string, unknown[]> = {};
  for (const part of parts)
    for (const [table, rows] of Object.entries(part)) {
      combined[table] ??= [];
      combined[table].push(...rows);
    }
  return combined as Partial<Rows>;
}
