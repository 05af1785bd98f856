import type { Database } from "@/lib/platform/database/db";
import type { UserId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** The person whom a password reset link is for. */
export interface ResetRow {
  id: UserId;
  name: string;
  /** Their sign-in email, as entered. */
  email: string;
}

/** True if the person is an active member of at least one workspace. Others can't sign in. */
const entersText = "EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.status = 'active')";

/**
 * SQL condition: the creator of link `r` may still reset the password of person `u`. Always true for emailed
 * links. A link shown to its creator is valid only while the person is in no other workspace and has no
 * permission that the creator lacks.
 */
const madeRightly = `(r.maker_id IS NULL OR (
  NOT EXISTS (SELECT 1 FROM memberships o
    WHERE o.user_id = u.id AND o.workspace_id <> r.maker_workspace_id AND o.status <> 'invited')
  AND NOT EXISTS (
    SELECT 1 FROM (
      SELECT 'people.write' AS permission
      UNION SELECT unnest(ro.permissions) FROM membership_roles mr
        JOIN roles ro ON ro.workspace_id = mr.workspace_id AND ro.id = mr.role_id
        WHERE mr.workspace_id = r.maker_workspace_id AND mr.user_id = u.id
    ) needed WHERE needed.permission NOT IN (
      SELECT unnest(ro.permissions) FROM memberships mm
        JOIN membership_roles mr ON mr.workspace_id = mm.workspace_id AND mr.user_id = mm.user_id
        JOIN roles ro ON ro.workspace_id = mr.workspace_id AND ro.id = mr.role_id
        WHERE r.maker_kind = 'user' AND mm.workspace_id = r.maker_workspace_id AND mm.user_id = r.maker_id
          AND mm.status = 'active'
      UNION ALL
      SELECT unnest(ro.permissions) FROM access_keys k
        JOIN roles ro ON ro.workspace_id = k.workspace_id AND ro.id = k.role_id
        WHERE r.maker_kind = 'accessKey' AND k.workspace_id = r.maker_workspace_id AND k.id = r.maker_id
          AND (k.expires_at IS NULL OR k.expires_at > :now::timestamptz)))))`;

export function createPasswordResetRepository(db: Database) {
  return {
    /**
     * Stores the only link of the person with this email, replacing an earlier one; undefined if there is no
     * such person.
     */
    async put(
      address: string,
      link: { tokenHash: Buffer; expiresAt: Date; now: Date },
    ): Promise<ResetRow | undefined> {
      const [row] = await db.query<ResetRow>(
        `WITH person AS (
           SELECT u.id, u.name, u.session_version, e.email
           FROM user_emails e JOIN users u ON u.id = e.user_id
           WHERE e.address = :address::text AND ${entersText}
         ), kept AS (
           INSERT INTO password_resets AS r (user_id, token_hash, session_version, expires_at, created_at)
           SELECT id, :tokenHash::bytea, session_version, :expiresAt::timestamptz, :now::timestamptz FROM person
           ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash,
             session_version = excluded.session_version, expires_at = excluded.expires_at,
             created_at = excluded.created_at, maker_workspace_id = NULL, maker_kind = NULL, maker_id = NULL
           RETURNING r.user_id
         )
         SELECT person.id, person.name, person.email FROM person JOIN kept ON kept.user_id = person.id`,
        { address, ...link },
      );
      return row;
    },

    /**
     * Stores the only link of a person, replacing an earlier one. `maker` is the creator who sees the link;
     * undefined if it is emailed.
     */
    async putFor(
      userId: UserId,
      maker: Actor | undefined,
      link: { tokenHash: Buffer; expiresAt: Date; now: Date },
    ): Promise<void> {
      await db.query(
        `INSERT INTO password_resets
           (user_id, token_hash, session_version, expires_at, created_at, maker_workspace_id, maker_kind, maker_id)
         SELECT id, :tokenHash::bytea, session_version, :expiresAt::timestamptz, :now::timestamptz,
           :makerWorkspace::uuid, :makerKind::actor_kind, :maker::uuid
         FROM users WHERE id = :user::uuid
         ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash,
           session_version = excluded.session_version, expires_at = excluded.expires_at,
           created_at = excluded.created_at, maker_workspace_id = excluded.maker_workspace_id,
           maker_kind = excluded.maker_kind, maker_id = excluded.maker_id`,
        {
          user: userId,
          ...link,
          makerWorkspace: maker?.workspaceId ?? null,
          makerKind: maker?.kind ?? null,
          maker: maker?.id ?? null,
        },
      );
    },

    /** Returns whether a person is in another workspace, even if suspended there. */
    async isElsewhere(userId: UserId, workspaceId: string): Promise<boolean> {
      const rows = await db.query(
        `SELECT 1 AS found FROM memberships
         WHERE user_id = :user::uuid AND workspace_id <> :workspace::uuid AND status <> 'invited' LIMIT 1`,
        { user: userId, workspace: workspaceId },
      );
      return rows.length > 0;
    },

    /** Returns the person whom a link is for; undefined if the link is not valid. */
    async find(tokenHash: Buffer, now: Date): Promise<ResetRow | undefined> {
      const [row] = await db.query<ResetRow>(
        `SELECT u.id, u.name, e.email
         FROM password_resets r
         JOIN users u ON u.id = r.user_id AND u.session_version = r.session_version
         JOIN user_emails e ON e.user_id = u.id AND e.position = 0
         WHERE r.token_hash = :tokenHash::bytea AND r.expires_at > :now::timestamptz AND ${entersText}
           AND ${madeRightly}`,
        { tokenHash, now },
      );
      return row;
    },

    /**
     * Uses a link to set the password, which ends all sessions and tokens. Returns false if the link is not
     * valid.
     */
    async use(tokenHash: Buffer, passwordHash: string, now: Date): Promise<boolean> {
      const rows = await db.query(
        `WITH used AS (
           DELETE FROM password_resets r USING users u
           WHERE r.token_hash = :tokenHash::bytea AND r.expires_at > :now::timestamptz AND u.id = r.user_id
             AND ${madeRightly}
           RETURNING r.user_id, r.session_version
         )
         UPDATE users u SET password_hash = :passwordHash::text, session_version = u.session_version + 1,
           updated_at = :now::timestamptz
         FROM used
         WHERE u.id = used.user_id AND u.session_version = used.session_version AND ${entersText}
         RETURNING 1 AS changed`,
        { tokenHash, passwordHash, now },
      );
      return rows.length > 0;
    },

    /** Deletes expired links. Returns how many. */
    async sweep(now: Date): Promise<number> {
      const rows = await db.query(
        "DELETE FROM password_resets WHERE expires_at <= :now::timestamptz RETURNING 1 AS removed",
        { now },
      );
      return rows.length;
    },
  };
}

export type PasswordResetRepository = ReturnType<typeof createPasswordResetRepository>;
