import { createHash } from "node:crypto";
import type { Database } from "@/lib/platform/database/db";
import type { StoredAnswer } from "@/lib/platform/http/server/services";

/** Identifies a request: two with the same values are repeats. */
export interface RequestIdentity {
  actorId: string;
  method: string;
  path: string;
  key: string;
}

/** Stores idempotency keys, in the transaction of the change that they protect. */
export function createIdempotencyRepository(db: Database) {
  return {
    /**
     * Claims a key; returns false if it was used before. Waits for a concurrent first request until the lock
     * timeout, then fails with SQLSTATE 55P03. Call it in a transaction.
     */
    async claim(identity: RequestIdentity, body: string, now: Date, expiresAt: Date): Promise<boolean> {
      const rows = await db.query(
        `INSERT INTO idempotency_keys (actor_id, method, path, key, body_hash, expires_at)
         VALUES (:actorId::text, :method::text, :path::text, :key::text, :bodyHash::text, :expiresAt::timestamptz)
         ON CONFLICT (actor_id, method, path, key) DO UPDATE
           SET body_hash = excluded.body_hash, expires_at = excluded.expires_at, status = NULL, headers = NULL, body = NULL
           WHERE idempotency_keys.expires_at <= :now::timestamptz
         RETURNING 1 AS claimed`,
        { ...identity, bodyHash: hash(body), expiresAt, now },
      );
      return rows.length > 0;
    },

    /** Returns the stored response for a key, and whether the body was the same. */
    async find(
      identity: RequestIdentity,
      body: string,
    ): Promise<{ sameBody: boolean; answer: StoredAnswer | undefined } | undefined> {
      const row = await db.prisma.idempotencyKey.findUnique({
        where: { actorId_method_path_key: identity },
      });
      if (!row) return undefined;
      const { status, headers, body: kept } = row;
      return {
        sameBody: row.bodyHash === hash(body),
        answer:
          status === null || kept === null
            ? undefined
            : { status, headers: (headers ?? {}) as Record<string, string>, body: kept },
      };
    },

    async keep(identity: RequestIdentity, answer: StoredAnswer): Promise<void> {
      await db.prisma.idempotencyKey.updateMany({ where: identity, data: { ...answer } });
    },

    /** Deletes stored responses with this `Location`. */
    async forget(location: string): Promise<void> {
      await db.query(
        `DELETE FROM idempotency_keys WHERE headers IS NOT NULL AND headers ->> 'Location' = :location::text`,
        { location },
      );
    },

    /** Deletes a few expired keys, so that no background job is needed. */
    async prune(now: Date): Promise<void> {
      await db.query(
        `DELETE FROM idempotency_keys WHERE (actor_id, method, path, key) IN (
           SELECT actor_id, method, path, key FROM idempotency_keys WHERE expires_at <= :now::timestamptz
           ORDER BY expires_at LIMIT 10 FOR UPDATE SKIP LOCKED)`,
        { now },
      );
    },
  };
}

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>;

const hash = (text: string) => createHash("sha256").update(text).digest("base64url");
