import type { Database } from "@/lib/db";
import type { UserId } from "@/lib/ids";

/** Whom a link is for. */
export interface ResetRow {
  id: UserId;
  name: string;
  /** The address that they sign in with, as it is written. */
  email: string;
}

/** A person may sign in as long as a workspace lets them in. */
const entersText = "EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.status = 'active')";

/** Reads and writes the links by which people set a new password. */
export function createPasswordResetRepository(db: Database) {
  return {
    /** Keeps the one link of the person with this address, which voids the one before; undefined for nobody. */
    async put(
      address: string,
      link: { tokenHash: Buffer; expiresAt: Date; now: Date },
    ): Promise<ResetRow | undefined> {
      const [row] = await db.query<ResetRow>(
        `WITH person AS (
           SELECT u.id, u.name, u.session_version, e.email
           FROM user_emails e JOIN users u ON u.id = e.user_id
           WHERE e.address = $1::text AND ${entersText}
         ), kept AS (
           INSERT INTO password_resets AS r (user_id, token_hash, session_version, expires_at, created_at)
           SELECT id, $2::bytea, session_version, $3::timestamptz, $4::timestamptz FROM person
           ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash,
             session_version = excluded.session_version, expires_at = excluded.expires_at,
             created_at = excluded.created_at
           RETURNING r.user_id
         )
         SELECT person.id, person.name, person.email FROM person JOIN kept ON kept.user_id = person.id`,
        [address, link.tokenHash, link.expiresAt, link.now],
      );
      return row;
    },

    /** Whom the link with this token is for; undefined when it is good no more. */
    async find(tokenHash: Buffer, now: Date): Promise<ResetRow | undefined> {
      const [row] = await db.query<ResetRow>(
        `SELECT u.id, u.name, e.email
         FROM password_resets r
         JOIN users u ON u.id = r.user_id AND u.session_version = r.session_version
         JOIN user_emails e ON e.user_id = u.id AND e.position = 0
         WHERE r.token_hash = $1::bytea AND r.expires_at > $2::timestamptz AND ${entersText}`,
        [tokenHash, now],
      );
      return row;
    },

    /** Uses a link up and sets the password, which ends all sessions and tokens; false when it is good no more. */
    async use(tokenHash: Buffer, passwordHash: string, now: Date): Promise<boolean> {
      const rows = await db.query(
        `WITH used AS (
           DELETE FROM password_resets WHERE token_hash = $1::bytea AND expires_at > $3::timestamptz
           RETURNING user_id, session_version
         )
         UPDATE users u SET password_hash = $2::text, session_version = u.session_version + 1,
           updated_at = $3::timestamptz
         FROM used
         WHERE u.id = used.user_id AND u.session_version = used.session_version AND ${entersText}
         RETURNING 1 AS changed`,
        [tokenHash, passwordHash, now],
      );
      return rows.length > 0;
    },

    /** Removes links whose time is over, and says how many. */
    async sweep(now: Date): Promise<number> {
      const rows = await db.query(
        "DELETE FROM password_resets WHERE expires_at <= $1::timestamptz RETURNING 1 AS removed",
        [now],
      );
      return rows.length;
    },
  };
}

export type PasswordResetRepository = ReturnType<typeof createPasswordResetRepository>;
