import { sessionBounds } from "@/lib/access/sessions/rules";
import type { Database } from "@/lib/platform/database/db";
import type { AccessKeyId, AgentId, SessionId, UserId, WorkspaceId } from "@/lib/platform/ids";
import type { Permission } from "@/lib/platform/security/permissions";

/** A person, with their membership of the requested workspace if they have one. */
export interface PersonRow {
  id: UserId;
  name: string;
  sessionVersion: number;
  /** Whether they are an active member of at least one workspace. */
  enters: boolean;
  member: boolean;
  permissions: Permission[];
  agentId: AgentId | null;
  /** When the requested session was last seen; undefined without a session. */
  lastSeenAt?: Date;
}

/** A key pair to store. */
export interface NewSigningKey {
  id: string;
  algorithm: string;
  publicJwk: Record<string, string>;
  /** Encrypted. */
  privateJwk: string;
  createdAt: Date;
}

/** A valid access key. */
export interface KeyRow {
  id: AccessKeyId;
  name: string;
  workspaceId: WorkspaceId;
  permissions: Permission[];
  lastUsedAt: Date | null;
}

/** SQL that finds a person. `session` adds the check of a browser session. */
const personText = (session: { columns: string; join: string }) => `
  SELECT u.id, u.name, u.session_version AS "sessionVersion",${session.columns}
    EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.status = 'active') AS enters,
    m.user_id IS NOT NULL AS member, a.id AS "agentId",
    ARRAY(SELECT DISTINCT unnest(r.permissions) FROM membership_roles mr
      JOIN roles r ON r.workspace_id = mr.workspace_id AND r.id = mr.role_id
      WHERE mr.workspace_id = m.workspace_id AND mr.user_id = m.user_id) AS permissions
  FROM users u${session.join}
  LEFT JOIN memberships m ON m.user_id = u.id AND m.workspace_id = :workspace::uuid AND m.status = 'active'
  LEFT JOIN agents a ON a.workspace_id = m.workspace_id AND a.user_id = m.user_id
  WHERE u.id = :user::uuid`;

const programText = personText({ columns: "", join: "" });
const browserText = personText({
  columns: ` s.last_seen_at AS "lastSeenAt",`,
  join: `
  JOIN sessions s ON s.id = :session::uuid AND s.user_id = u.id AND s.session_version = u.session_version
    AND s.created_at > :createdAfter::timestamptz AND s.last_seen_at > :seenAfter::timestamptz`,
});

const keyText = `
  SELECT k.id, k.name, k.workspace_id AS "workspaceId", k.last_used_at AS "lastUsedAt", r.permissions
  FROM access_keys k JOIN roles r ON r.workspace_id = k.workspace_id AND r.id = k.role_id
  WHERE k.key_hash = :hash::bytea AND (k.expires_at IS NULL OR k.expires_at > :now::timestamptz)`;

/** Reads identities. The only repository that works without an authorized workspace. */
export function createAuthRepository(db: Database) {
  return {
    /** Returns the access key with a hash, unless it has expired. */
    async findKey(hash: Buffer, now: Date): Promise<KeyRow | undefined> {
      const [key] = await db.query<KeyRow>(keyText, { hash, now });
      return key;
    },

    /** Returns a person, with their permissions in the workspace. */
    async findPerson(userId: UserId, workspaceId: WorkspaceId | undefined): Promise<PersonRow | undefined> {
      const [person] = await db.query<PersonRow>(programText, {
        user: userId,
        workspace: workspaceId ?? null,
      });
      return person;
    },

    /** Like `findPerson`, but undefined if the browser session has ended. */
    async findPersonInSession(
      userId: UserId,
      sessionId: SessionId,
      workspaceId: WorkspaceId | undefined,
      now: Date,
    ): Promise<PersonRow | undefined> {
      const { createdAfter, seenAfter } = sessionBounds(now);
      const [person] = await db.query<PersonRow>(browserText, {
        user: userId,
        workspace: workspaceId ?? null,
        session: sessionId,
        createdAfter,
        seenAfter,
      });
      return person;
    },

    /**
     * Uses SQL, because this would be the only reason to load Prisma (12 MB) on a server used only by
     * programs.
     */
    async markKeyUsed(key: KeyRow, now: Date): Promise<void> {
      await db.query(
        `UPDATE access_keys SET last_used_at = :now::timestamptz
         WHERE workspace_id = :workspace::uuid AND id = :id::uuid`,
        { workspace: key.workspaceId, id: key.id, now },
      );
    },

    /** Updates when a session was last seen. Does not revive an ended session, nor move the time back. */
    async markSessionSeen(id: SessionId, now: Date): Promise<void> {
      await db.query(
        `UPDATE sessions SET last_seen_at = :now::timestamptz
         WHERE id = :id::uuid AND last_seen_at < :now::timestamptz`,
        { id, now },
      );
    },

    /** Returns the person who signs in with an email, if they are an active member of any workspace. */
    async signIn(
      address: string,
    ): Promise<
      | { id: UserId; name: string; email: string; passwordHash: string | null; sessionVersion: number }
      | undefined
    > {
      const found = await db.prisma.userEmail.findUnique({
        where: { address },
        select: {
          email: true,
          user: {
            select: {
              id: true,
              name: true,
              passwordHash: true,
              sessionVersion: true,
              memberships: { where: { status: "active" }, take: 1, select: { workspaceId: true } },
            },
          },
        },
      });
      if (!found || found.user.memberships.length === 0) return undefined;
      const { memberships: _, ...user } = found.user;
      return { ...user, id: user.id as UserId, email: found.email };
    },

    /** Returns the person with an email, regardless of membership. */
    async personWithAddress(address: string): Promise<UserId | undefined> {
      const found = await db.prisma.userEmail.findUnique({ where: { address }, select: { userId: true } });
      return found?.userId as UserId | undefined;
    },

    /** Returns a person's password hash and sign-in email. */
    async credentials(
      userId: UserId,
    ): Promise<{ address: string; name: string; passwordHash: string | null } | undefined> {
      const found = await db.prisma.user.findUnique({
        where: { id: userId },
        select: { name: true, passwordHash: true, emails: { where: { position: 0 }, take: 1 } },
      });
      if (!found) return undefined;
      const { name, passwordHash, emails } = found;
      return { name, passwordHash, address: emails[0]?.address ?? "" };
    },

    /** Sets a password, which ends all sessions and tokens. Returns false if it was changed concurrently. */
    async changePassword(
      userId: UserId,
      before: string | null,
      passwordHash: string,
      now: Date,
    ): Promise<boolean> {
      const { count } = await db.prisma.user.updateMany({
        where: { id: userId, passwordHash: before },
        data: { passwordHash, sessionVersion: { increment: 1 }, updatedAt: now },
      });
      return count > 0;
    },

    /** Returns active keys and those retired after `retiredAfter`, newest first. */
    signingKeys(retiredAfter: Date) {
      return db.prisma.signingKey.findMany({
        where: { OR: [{ retiredAt: null }, { retiredAt: { gt: retiredAfter } }] },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      });
    },

    /** Adds a key and retires the others in one transaction. */
    async replaceSigningKeys(key: NewSigningKey): Promise<void> {
      await db.transaction(async () => {
        await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('rollcall.signing_keys', 0))::text`);
        await db.prisma.signingKey.updateMany({
          where: { retiredAt: null },
          data: { retiredAt: key.createdAt },
        });
        await db.prisma.signingKey.create({ data: key });
      });
    },

    /** Adds a key unless another instance has added one. */
    async addFirstSigningKey(key: NewSigningKey): Promise<void> {
      await db.transaction(async () => {
        await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('rollcall.signing_keys', 0))::text`);
        if ((await db.prisma.signingKey.count({ where: { retiredAt: null } })) === 0)
          await db.prisma.signingKey.create({ data: key });
      });
    },
  };
}

export type AuthRepository = ReturnType<typeof createAuthRepository>;

/** The claims of a verified credential, before any query. */
export type Proof =
  | SessionProof
  | {
      kind: "user";
      userId: UserId;
      /** The person's `sessionVersion` in the token; undefined for an identity provider's token. */
      version: number | undefined;
      via: "token";
    }
  | { kind: "accessKey"; hash: Buffer };

/** The identity in a browser's session cookie. */
export interface SessionProof {
  kind: "user";
  userId: UserId;
  sessionId: SessionId;
  via: "session";
}
