import { sessionBounds, sessionsPerPerson } from "@/lib/access/sessions/rules";
import type { Database } from "@/lib/platform/database/db";
import type { SessionId, UserId } from "@/lib/platform/ids";

export interface SessionRow {
  id: SessionId;
  userAgent: string | null;
  address: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** A session to store. */
export interface NewSession {
  id: SessionId;
  userId: UserId;
  /** The person's `sessionVersion` when the password was checked. */
  sessionVersion: number;
  userAgent: string | null;
  address: string | null;
  now: Date;
}

/** Maximum number of rows removed by one sweep. */
const sweepBatch = 10_000;

/** Reads and writes sessions. Uses SQL, so that the server without pages need not load Prisma. */
export function createSessionRepository(db: Database) {
  return {
    /**
     * Adds a session. Deletes the session that it `replaces`, and the person's oldest sessions above the
     * limit.
     */
    async add(session: NewSession, replaces: SessionId | undefined): Promise<void> {
      const { userId, ...row } = session;
      await db.query(
        `WITH surplus AS (
           DELETE FROM sessions WHERE id = :replaced::uuid OR id IN (
             SELECT id FROM sessions WHERE user_id = :user::uuid AND id IS DISTINCT FROM :replaced::uuid
             ORDER BY last_seen_at DESC, id DESC OFFSET :others::int)
         )
         INSERT INTO sessions (id, user_id, session_version, user_agent, address, created_at, last_seen_at)
         VALUES (:id::uuid, :user::uuid, :sessionVersion::int, :userAgent::text, :address::text,
           :now::timestamptz, :now::timestamptz)`,
        { ...row, user: userId, replaced: replaces ?? null, others: sessionsPerPerson - 1 },
      );
    },

    /** Returns a person's valid sessions, most recently seen first. */
    list(userId: UserId, now: Date): Promise<SessionRow[]> {
      const { createdAfter, seenAfter } = sessionBounds(now);
      return db.query<SessionRow>(
        `SELECT s.id, s.user_agent AS "userAgent", s.address, s.created_at AS "createdAt",
           s.last_seen_at AS "lastSeenAt"
         FROM sessions s JOIN users u ON u.id = s.user_id AND u.session_version = s.session_version
         WHERE s.user_id = :user::uuid AND s.created_at > :createdAfter::timestamptz
           AND s.last_seen_at > :seenAfter::timestamptz
         ORDER BY s.last_seen_at DESC, s.id DESC`,
        { user: userId, createdAfter, seenAfter },
      );
    },

    /** Ends one session of a person. Returns false if it does not exist. */
    async end(userId: UserId, id: SessionId): Promise<boolean> {
      const rows = await db.query(
        `DELETE FROM sessions WHERE user_id = :user::uuid AND id = :id::uuid RETURNING 1 AS ended`,
        { user: userId, id },
      );
      return rows.length > 0;
    },

    /** Ends all sessions of a person except `kept`. Returns how many. */
    async endOthers(userId: UserId, kept: SessionId | undefined): Promise<number> {
      const rows = await db.query(
        `DELETE FROM sessions WHERE user_id = :user::uuid AND id IS DISTINCT FROM :kept::uuid RETURNING 1 AS ended`,
        { user: userId, kept: kept ?? null },
      );
      return rows.length;
    },

    /** Deletes expired and invalidated sessions. Returns how many. */
    async sweep(now: Date): Promise<number> {
      const { createdAfter, seenAfter } = sessionBounds(now);
      const rows = await db.query(
        `DELETE FROM sessions WHERE id IN (
           SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id
           WHERE s.created_at <= :createdAfter::timestamptz OR s.last_seen_at <= :seenAfter::timestamptz
             OR s.session_version <> u.session_version
           LIMIT :batch::int)
         RETURNING 1 AS removed`,
        { createdAfter, seenAfter, batch: sweepBatch },
      );
      return rows.length;
    },
  };
}

export type SessionRepository = ReturnType<typeof createSessionRepository>;
