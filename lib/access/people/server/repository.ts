import type { UserRow } from "@/lib/access/people/server/serializer";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, type FoundPage, queryByCreation } from "@/lib/platform/http/server/paged";
import type { AuthorizedWorkspaceId, UserId } from "@/lib/platform/ids";

const columns = `u.id, u.name, e.email, m.status::text AS status, a.id AS "agentId", i.name AS "invitedName",
  i.email AS "invitedEmail", m.created_at AS "createdAt",
  ARRAY(SELECT mr.role_id::text FROM membership_roles mr
    WHERE mr.workspace_id = m.workspace_id AND mr.user_id = m.user_id ORDER BY mr.role_id) AS "roleIds"`;

const from = `memberships m
  JOIN users u ON u.id = m.user_id
  LEFT JOIN user_emails e ON e.user_id = u.id AND e.position = 0
  LEFT JOIN agents a ON a.workspace_id = m.workspace_id AND a.user_id = m.user_id
  LEFT JOIN invitations i ON i.workspace_id = m.workspace_id AND i.user_id = m.user_id`;

/** Reads and writes the members of a workspace. */
export function createPeopleRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage): Promise<FoundPage<UserRow>> {
      return queryByCreation<UserRow>(
        db.query,
        { from, alias: "m", id: "user_id", columns },
        workspaceId,
        page,
      );
    },

    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<UserRow | undefined> {
      const [row] = await db.query<UserRow>(
        `SELECT ${columns} FROM ${from} WHERE m.workspace_id = :workspace::uuid AND m.user_id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return row;
    },

    /** Locks a membership. Call it before locking roles, in the same order as the deletion of a role. */
    async lockMember(workspaceId: AuthorizedWorkspaceId, userId: UserId): Promise<void> {
      await db.query(
        `SELECT user_id FROM memberships WHERE workspace_id = :workspace::uuid AND user_id = :user::uuid FOR UPDATE`,
        { workspace: workspaceId, user: userId },
      );
    },

    /** Returns whether another active member has this role. */
    async othersWithRole(
      workspaceId: AuthorizedWorkspaceId,
      userId: string,
      roleId: string,
    ): Promise<boolean> {
      const rows = await db.query(
        `SELECT 1 AS found FROM membership_roles mr
         JOIN memberships m ON m.workspace_id = mr.workspace_id AND m.user_id = mr.user_id
         WHERE mr.workspace_id = :workspace::uuid AND mr.role_id = :role::uuid AND mr.user_id <> :user::uuid
           AND m.status = 'active' LIMIT 1`,
        { workspace: workspaceId, user: userId, role: roleId },
      );
      return rows.length > 0;
    },

    async personName(userId: UserId): Promise<string> {
      const { name } = await db.prisma.user.findUniqueOrThrow({
        where: { id: userId },
        select: { name: true },
      });
      return name;
    },

    async workspaceName(workspaceId: AuthorizedWorkspaceId): Promise<string> {
      const { name } = await db.prisma.workspace.findUniqueOrThrow({
        where: { id: workspaceId },
        select: { name: true },
      });
      return name;
    },

    async agentName(workspaceId: AuthorizedWorkspaceId, userId: UserId): Promise<string> {
      const { name } = await db.prisma.agent.findUniqueOrThrow({
        where: { workspaceId_userId: { workspaceId, userId } },
        select: { name: true },
      });
      return name;
    },

    /** Returns whether a person is an active member of any workspace. */
    async entersAny(userId: string): Promise<boolean> {
      return (await db.prisma.membership.count({ where: { userId, status: "active" } })) > 0;
    },

    /** Returns the ids of agents whose person is suspended. */
    async suspendedAgents(workspaceId: AuthorizedWorkspaceId): Promise<string[]> {
      const rows = await db.query<{ id: string }>(
        `SELECT a.id FROM memberships m JOIN agents a ON a.workspace_id = m.workspace_id AND a.user_id = m.user_id
         WHERE m.workspace_id = :workspace::uuid AND m.status = 'suspended' ORDER BY a.id`,
        { workspace: workspaceId },
      );
      return rows.map((row) => row.id);
    },

    async isAnywhere(userId: string): Promise<boolean> {
      return (await db.prisma.membership.count({ where: { userId } })) > 0;
    },

    async replaceRoles(
      workspaceId: AuthorizedWorkspaceId,
      userId: UserId,
      roleIds: readonly string[],
    ): Promise<void> {
      await db.prisma.membershipRole.deleteMany({ where: { workspaceId, userId } });
      await db.prisma.membershipRole.createMany({
        data: roleIds.map((roleId) => ({ workspaceId, userId, roleId })),
      });
    },

    async setStatus(
      workspaceId: AuthorizedWorkspaceId,
      userId: UserId,
      status: "active" | "suspended",
      now: Date,
    ): Promise<void> {
      await db.prisma.membership.updateMany({
        where: { workspaceId, userId },
        data: { status, updatedAt: now },
      });
    },

    /** Ends all sessions and tokens of a person; `forgetPassword` also deletes the password. */
    async endSessions(userId: UserId, options: { forgetPassword: boolean }): Promise<void> {
      await db.prisma.user.updateMany({
        where: { id: userId },
        data: {
          sessionVersion: { increment: 1 },
          ...(options.forgetPassword ? { passwordHash: null } : {}),
        },
      });
    },

    async remove(workspaceId: AuthorizedWorkspaceId, userId: UserId): Promise<void> {
      await db.prisma.membership.deleteMany({ where: { workspaceId, userId } });
    },
  };
}

export type PeopleRepository = ReturnType<typeof createPeopleRepository>;
