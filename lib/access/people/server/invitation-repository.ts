import type { Database } from "@/lib/platform/database/db";
import type { AuthorizedWorkspaceId, UserId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { foldText } from "@/lib/platform/text/text-folding";

export interface InvitationRow {
  workspaceId: string;
  workspaceName: string;
  userId: UserId;
  email: string;
  name: string | null;
  mailed: boolean;
  /** The invited person's sign-in email. */
  address: string;
  passwordHash: string | null;
  /** Whether they belong to another workspace, even if suspended there. */
  joinedElsewhere: boolean;
}

/** SQL: the permissions that the creator of invitation `i` must have. */
const neededToInvite = `
  SELECT 'people.write' AS permission
  UNION SELECT unnest(r.permissions) FROM membership_roles mr
    JOIN roles r ON r.workspace_id = mr.workspace_id AND r.id = mr.role_id
    WHERE mr.workspace_id = i.workspace_id AND mr.user_id = i.user_id`;

/** SQL: the permissions that the creator of invitation `i` has. */
const heldByInviter = `
  SELECT unnest(r.permissions) FROM memberships im
    JOIN membership_roles mr ON mr.workspace_id = im.workspace_id AND mr.user_id = im.user_id
    JOIN roles r ON r.workspace_id = mr.workspace_id AND r.id = mr.role_id
    WHERE i.inviter_kind = 'user' AND im.workspace_id = i.workspace_id AND im.user_id = i.inviter_id
      AND im.status = 'active'
  UNION ALL
  SELECT unnest(r.permissions) FROM access_keys k
    JOIN roles r ON r.workspace_id = k.workspace_id AND r.id = k.role_id
    WHERE i.inviter_kind = 'accessKey' AND k.workspace_id = i.workspace_id AND k.id = i.inviter_id
      AND (k.expires_at IS NULL OR k.expires_at > :now::timestamptz)`;

/** Reads and writes invitations, and the people and memberships that they create or activate. */
export function createInvitationRepository(db: Database) {
  return {
    /** Returns the person with this email, or creates one. Concurrent invitations create only one person. */
    async personWithAddress(draft: { id: UserId; email: string; name: string }, now: Date): Promise<UserId> {
      const address = draft.email.toLowerCase();
      const find = async () =>
        (await db.prisma.userEmail.findUnique({ where: { address }, select: { userId: true } }))?.userId;
      const known = await find();
      if (known) return known as UserId;
      await db.query(
        `INSERT INTO users (id, name, created_at, updated_at)
         VALUES (:id::uuid, :name::text, :now::timestamptz, :now::timestamptz)`,
        { id: draft.id, name: draft.name, now },
      );
      const made = await db.query(
        `INSERT INTO user_emails (user_id, position, email, address, search_key)
         VALUES (:id::uuid, 0, :email::text, :address::text, :searchKey::text)
         ON CONFLICT (address) DO NOTHING RETURNING 1 AS made`,
        { id: draft.id, email: draft.email, address, searchKey: foldText(draft.email) },
      );
      if (made.length > 0) return draft.id;
      await db.query(`DELETE FROM users WHERE id = :id::uuid`, { id: draft.id });
      const other = await find();
      if (!other) throw new Error("an email address is taken, but no one has it");
      return other as UserId;
    },

    /**
     * Adds a person as invited. Returns false if they are already in the workspace, with any status.
     */
    async addInvited(
      workspaceId: AuthorizedWorkspaceId,
      userId: UserId,
      roleIds: readonly string[],
      now: Date,
    ): Promise<boolean> {
      const rows = await db.query(
        `INSERT INTO memberships (workspace_id, user_id, status, created_at, updated_at)
         VALUES (:workspace::uuid, :user::uuid, 'invited', :now::timestamptz, :now::timestamptz)
         ON CONFLICT DO NOTHING RETURNING 1 AS added`,
        { workspace: workspaceId, user: userId, now },
      );
      if (rows.length === 0) return false;
      await db.prisma.membershipRole.createMany({
        data: roleIds.map((roleId) => ({ workspaceId, userId, roleId })),
      });
      return true;
    },

    /** Stores the only invitation of a person, replacing an earlier one. */
    async put(
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
     * Returns the invitation with this token, unless it has expired or its creator may no longer invite
     * someone with these roles: a link must not grant more than its creator could.
     */
    async find(tokenHash: Buffer, now: Date): Promise<InvitationRow | undefined> {
      const [row] = await db.query<InvitationRow>(
        `SELECT i.workspace_id AS "workspaceId", w.name AS "workspaceName", i.user_id AS "userId", i.email, i.name,
           i.mailed, e.address, u.password_hash AS "passwordHash",
           EXISTS (SELECT 1 FROM memberships o WHERE o.user_id = i.user_id AND o.status <> 'invited') AS "joinedElsewhere"
         FROM invitations i
         JOIN memberships m ON m.workspace_id = i.workspace_id AND m.user_id = i.user_id AND m.status = 'invited'
         JOIN workspaces w ON w.id = i.workspace_id
         JOIN users u ON u.id = i.user_id
         JOIN user_emails e ON e.user_id = u.id AND e.position = 0
         WHERE i.token_hash = :tokenHash::bytea AND i.expires_at > :now::timestamptz
           AND (i.inviter_id IS NULL OR NOT EXISTS (
             SELECT 1 FROM (${neededToInvite}) needed
             WHERE needed.permission NOT IN (${heldByInviter})))`,
        { tokenHash, now },
      );
      return row;
    },

    /** Locks the workspace of an invitation, like the role repository's `lockWorkspace`. */
    async lockWorkspace(tokenHash: Buffer): Promise<void> {
      await db.query(
        `SELECT id FROM workspaces WHERE id = (
           SELECT workspace_id FROM invitations WHERE token_hash = :tokenHash::bytea) FOR NO KEY UPDATE`,
        { tokenHash },
      );
    },

    /**
     * Uses an invitation and activates the membership. Returns false if it was used or replaced concurrently.
     */
    async join(tokenHash: Buffer, now: Date): Promise<boolean> {
      const rows = await db.query(
        `WITH used AS (DELETE FROM invitations WHERE token_hash = :tokenHash::bytea RETURNING workspace_id, user_id)
         UPDATE memberships m SET status = 'active', updated_at = :now::timestamptz FROM used
         WHERE m.workspace_id = used.workspace_id AND m.user_id = used.user_id AND m.status = 'invited'
         RETURNING 1 AS joined`,
        { tokenHash, now },
      );
      return rows.length > 0;
    },

    /**
     * Sets a person's first password, and their name if given. Returns false if they already have a password.
     */
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
  };
}

export type InvitationRepository = ReturnType<typeof createInvitationRepository>;
