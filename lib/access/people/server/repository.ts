import type { UserRow } from "@/lib/access/people/server/serializer";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, type FoundPage, queryByCreation } from "@/lib/platform/http/server/paged";
import type { AuthorizedWorkspaceId, UserId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { foldText } from "@/lib/platform/text/text-folding";

/** An invitation, by the hash of its token. */
export interface InvitationRow {
  workspaceId: string;
  workspaceName: string;
  userId: UserId;
  email: string;
  name: string | null;
  mailed: boolean;
  /** What the invited person signs in with. */
  address: string;
  passwordHash: string | null;
  /** Whether another workspace lets them in, or did so before it suspended them. */
  joinedElsewhere: boolean;
}

const columns = `u.id, u.name, e.email, m.status::text AS status, a.id AS "agentId", i.name AS "invitedName",
  i.email AS "invitedEmail", m.created_at AS "createdAt",
  ARRAY(SELECT mr.role_id::text FROM membership_roles mr
    WHERE mr.workspace_id = m.workspace_id AND mr.user_id = m.user_id ORDER BY mr.role_id) AS "roleIds"`;

const from = `memberships m
  JOIN users u ON u.id = m.user_id
  LEFT JOIN user_emails e ON e.user_id = u.id AND e.position = 0
  LEFT JOIN agents a ON a.workspace_id = m.workspace_id AND a.user_id = m.user_id
  LEFT JOIN invitations i ON i.workspace_id = m.workspace_id AND i.user_id = m.user_id`;

/** What it takes to have made the link of the invitation `i`. */
const neededToInvite = `
  SELECT 'people.write' AS permission
  UNION SELECT unnest(r.permissions) FROM membership_roles mr
    JOIN roles r ON r.workspace_id = mr.workspace_id AND r.id = mr.role_id
    WHERE mr.workspace_id = i.workspace_id AND mr.user_id = i.user_id`;

/** What whoever made the link of the invitation `i` may do at this instant. Takes the name of a parameter. */
const heldByInviter = (now: string) => `
  SELECT unnest(r.permissions) FROM memberships im
    JOIN membership_roles mr ON mr.workspace_id = im.workspace_id AND mr.user_id = im.user_id
    JOIN roles r ON r.workspace_id = mr.workspace_id AND r.id = mr.role_id
    WHERE i.inviter_kind = 'user' AND im.workspace_id = i.workspace_id AND im.user_id = i.inviter_id
      AND im.status = 'active'
  UNION ALL
  SELECT unnest(r.permissions) FROM access_keys k
    JOIN roles r ON r.workspace_id = k.workspace_id AND r.id = k.role_id
    WHERE i.inviter_kind = 'accessKey' AND k.workspace_id = i.workspace_id AND k.id = i.inviter_id
      AND (k.expires_at IS NULL OR k.expires_at > ${now}::timestamptz)`;

/** Reads and writes who is in a workspace, and invitations. */
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
        `SELECT ${columns} FROM ${from} WHERE m.workspace_id = $1::uuid AND m.user_id = $2::uuid`,
        [workspaceId, id],
      );
      return row;
    },

    /** Locks a person's place; before any role is locked, as deleting a role does it. */
    async lockMember(workspaceId: AuthorizedWorkspaceId, userId: UserId): Promise<void> {
      await db.query(
        `SELECT user_id FROM memberships WHERE workspace_id = $1::uuid AND user_id = $2::uuid FOR UPDATE`,
        [workspaceId, userId],
      );
    },

    /** Whether somebody else in the workspace is active and has this role. */
    async othersWithRole(
      workspaceId: AuthorizedWorkspaceId,
      userId: string,
      roleId: string,
    ): Promise<boolean> {
      const rows = await db.query(
        `SELECT 1 AS found FROM membership_roles mr
         JOIN memberships m ON m.workspace_id = mr.workspace_id AND m.user_id = mr.user_id
         WHERE mr.workspace_id = $1::uuid AND mr.role_id = $3::uuid AND mr.user_id <> $2::uuid
           AND m.status = 'active' LIMIT 1`,
        [workspaceId, userId, roleId],
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

    /** The name of a person's agent. */
    async agentName(workspaceId: AuthorizedWorkspaceId, userId: UserId): Promise<string> {
      const { name } = await db.prisma.agent.findUniqueOrThrow({
        where: { workspaceId_userId: { workspaceId, userId } },
        select: { name: true },
      });
      return name;
    },

    /** Whether a workspace lets this person in. */
    async entersAny(userId: string): Promise<boolean> {
      return (await db.prisma.membership.count({ where: { userId, status: "active" } })) > 0;
    },

    /** Ids of the agents whose person is suspended. */
    async suspendedAgents(workspaceId: AuthorizedWorkspaceId): Promise<string[]> {
      const rows = await db.query<{ id: string }>(
        `SELECT a.id FROM memberships m JOIN agents a ON a.workspace_id = m.workspace_id AND a.user_id = m.user_id
         WHERE m.workspace_id = $1::uuid AND m.status = 'suspended' ORDER BY a.id`,
        [workspaceId],
      );
      return rows.map((row) => row.id);
    },

    async isAnywhere(userId: string): Promise<boolean> {
      return (await db.prisma.membership.count({ where: { userId } })) > 0;
    },

    /** Who has this address, or is given it now: two invitations at once make one person. */
    async personWithAddress(draft: { id: UserId; email: string; name: string }, now: Date): Promise<UserId> {
      const address = draft.email.toLowerCase();
      const find = async () =>
        (await db.prisma.userEmail.findUnique({ where: { address }, select: { userId: true } }))?.userId;
      const known = await find();
      if (known) return known as UserId;
      await db.query(
        `INSERT INTO users (id, name, created_at, updated_at) VALUES ($1::uuid, $2::text, $3::timestamptz, $3::timestamptz)`,
        [draft.id, draft.name, now],
      );
      const made = await db.query(
        `INSERT INTO user_emails (user_id, position, email, address, search_key)
         VALUES ($1::uuid, 0, $2::text, $3::text, $4::text) ON CONFLICT (address) DO NOTHING RETURNING 1 AS made`,
        [draft.id, draft.email, address, foldText(draft.email)],
      );
      if (made.length > 0) return draft.id;
      await db.query(`DELETE FROM users WHERE id = $1::uuid`, [draft.id]);
      const other = await find();
      if (!other) throw new Error("an email address is taken, but no one has it");
      return other as UserId;
    },

    /** Adds somebody as invited; false when they are in the workspace already, whatever their status. */
    async addInvited(
      workspaceId: AuthorizedWorkspaceId,
      userId: UserId,
      roleIds: readonly string[],
      now: Date,
    ): Promise<boolean> {
      const rows = await db.query(
        `INSERT INTO memberships (workspace_id, user_id, status, created_at, updated_at)
         VALUES ($1::uuid, $2::uuid, 'invited', $3::timestamptz, $3::timestamptz)
         ON CONFLICT DO NOTHING RETURNING 1 AS added`,
        [workspaceId, userId, now],
      );
      if (rows.length === 0) return false;
      await db.prisma.membershipRole.createMany({
        data: roleIds.map((roleId) => ({ workspaceId, userId, roleId })),
      });
      return true;
    },

    /** Keeps the one invitation of a person; an earlier one is void. */
    async putInvitation(
      workspaceId: AuthorizedWorkspaceId,
      userId: UserId,
      invitation: {
        email: string;
        name: string | null;
        tokenHash: Buffer;
        inviter: Pick<Actor, "kind" | "id"> | undefined;
        mailed: boolean;
        expiresAt: Date;
        now: Date;
      },
    ): Promise<void> {
      const { now, tokenHash, inviter, ...rest } = invitation;
      const by = { inviterKind: inviter?.kind ?? null, inviterId: inviter?.id ?? null };
      const data = { ...rest, ...by, tokenHash: Uint8Array.from(tokenHash), createdAt: now };
      await db.prisma.invitation.upsert({
        where: { workspaceId_userId: { workspaceId, userId } },
        create: { ...data, workspaceId, userId },
        update: data,
      });
    },

    /**
     * The invitation with this token, unless its time is over, or whoever made the link may no longer invite somebody with
     * these roles: nobody gets more by a link than its maker may give.
     */
    async invitation(tokenHash: Buffer, now: Date): Promise<InvitationRow | undefined> {
      const [row] = await db.query<InvitationRow>(
        `SELECT i.workspace_id AS "workspaceId", w.name AS "workspaceName", i.user_id AS "userId", i.email, i.name,
           i.mailed, e.address, u.password_hash AS "passwordHash",
           EXISTS (SELECT 1 FROM memberships o WHERE o.user_id = i.user_id AND o.status <> 'invited') AS "joinedElsewhere"
         FROM invitations i
         JOIN memberships m ON m.workspace_id = i.workspace_id AND m.user_id = i.user_id AND m.status = 'invited'
         JOIN workspaces w ON w.id = i.workspace_id
         JOIN users u ON u.id = i.user_id
         JOIN user_emails e ON e.user_id = u.id AND e.position = 0
         WHERE i.token_hash = $1::bytea AND i.expires_at > $2::timestamptz
           AND (i.inviter_id IS NULL OR NOT EXISTS (
             SELECT 1 FROM (${neededToInvite}) needed
             WHERE needed.permission NOT IN (${heldByInviter("$2")})))`,
        [tokenHash, now],
      );
      return row;
    },

    /** Makes the workspace of an invitation wait, as `lockWorkspace` of the roles does for those who are in it. */
    async lockInviting(tokenHash: Buffer): Promise<void> {
      await db.query(
        `SELECT id FROM workspaces WHERE id = (SELECT workspace_id FROM invitations WHERE token_hash = $1::bytea)
         FOR NO KEY UPDATE`,
        [tokenHash],
      );
    },

    /** Uses an invitation up and lets the person in; false when it was used or replaced meanwhile. */
    async join(tokenHash: Buffer, now: Date): Promise<boolean> {
      const rows = await db.query(
        `WITH used AS (DELETE FROM invitations WHERE token_hash = $1::bytea RETURNING workspace_id, user_id)
         UPDATE memberships m SET status = 'active', updated_at = $2::timestamptz FROM used
         WHERE m.workspace_id = used.workspace_id AND m.user_id = used.user_id AND m.status = 'invited'
         RETURNING 1 AS joined`,
        [tokenHash, now],
      );
      return rows.length > 0;
    },

    /** Gives a person their first password, and a name of their own where they chose one; false when they have one. */
    async setFirstPassword(
      userId: UserId,
      passwordHash: string,
      name: string | undefined,
      now: Date,
    ): Promise<boolean> {
      const { count } = await db.prisma.user.updateMany({
        where: { id: userId, passwordHash: null },
        data: { passwordHash, ...(name === undefined ? {} : { name }), updatedAt: now },
      });
      return count > 0;
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

    /** Ends all sessions and tokens of a person; with `forgetPassword` also what they signed in with. */
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
