import type { Database } from "@/lib/platform/database/db";
import type { StoredInstant } from "@/lib/platform/http/wire";
import { type AuthorizedWorkspaceId, newId, type UserId } from "@/lib/platform/ids";
import type { AuditAction } from "@/lib/platform/security/audit-actions";
import type { AuditOutcome, AuditTarget } from "@/lib/records/audit/values";

/** A stored event, without its workspace. */
export interface EventRow {
  id: string;
  action: AuditAction;
  outcome: AuditOutcome;
  actorKind: "user" | "accessKey" | "system" | null;
  actorId: string | null;
  actorName: string | null;
  address: string | null;
  targetType: AuditTarget | null;
  targetId: string | null;
  targetName: string | null;
  details: Record<string, unknown>;
  at: StoredInstant;
}

/** An event to store. */
export interface NewEvent extends Omit<EventRow, "id" | "at"> {
  at: Date;
}

/** Filters of the audit log, combined with AND. Times are epoch milliseconds. */
export interface EventFilter {
  actions?: readonly AuditAction[] | undefined;
  actorId?: string | undefined;
  since?: number | undefined;
  upto?: number | undefined;
}

/** SQL conditions of the filters; each takes one parameter. */
const conditions: Record<keyof EventFilter, (parameter: string) => string> = {
  actions: (p) => `e.action = ANY(${p}::text[])`,
  actorId: (p) => `e.actor_id = ${p}::uuid`,
  since: (p) => `e.at >= to_timestamp(${p}::double precision / 1000)`,
  upto: (p) => `e.at <= to_timestamp(${p}::double precision / 1000)`,
};

const columns = `(workspace_id, id, action, outcome, actor_kind, actor_id, actor_name, address, target_type, target_id,
  target_name, details, at)`;

const values = `$2::text, $3::text, $4::text::actor_kind, $5::uuid, $6::text, $7::text, $8::text, $9::uuid, $10::text,
  $11::text::jsonb, $12::timestamptz`;

const parametersOf = (event: NewEvent) => [
  event.action,
  event.outcome,
  event.actorKind,
  event.actorId,
  event.actorName,
  event.address,
  event.targetType,
  event.targetId,
  event.targetName,
  JSON.stringify(event.details),
  event.at,
];

export function createAuditRepository(db: Database) {
  return {
    async insert(workspaceId: AuthorizedWorkspaceId, event: NewEvent): Promise<void> {
      await db.query(`INSERT INTO audit_events ${columns} SELECT $1::uuid, $13::uuid, ${values}`, [
        workspaceId,
        ...parametersOf(event),
        newId(),
      ]);
    },

    /** Stores an event in every workspace in which the person is active, or only in `workspaceId`. */
    async insertOfPerson(userId: UserId, event: NewEvent, workspaceId: string | undefined): Promise<void> {
      await db.query(
        `INSERT INTO audit_events ${columns}
         SELECT m.workspace_id, $13::uuid, ${values} FROM memberships m
         WHERE m.user_id = $1::uuid AND m.status = 'active' AND ($14::uuid IS NULL OR m.workspace_id = $14::uuid)`,
        [userId, ...parametersOf(event), newId(), workspaceId ?? null],
      );
    },

    /**
     * Stores a failed sign-in in every workspace that the owner of this email has joined. Workspaces that
     * only invited them must not learn about it.
     */
    async insertOfAccount(account: string, event: NewEvent): Promise<void> {
      await db.query(
        `INSERT INTO audit_events (workspace_id, id, action, outcome, actor_kind, actor_id, actor_name, address, details, at)
         SELECT m.workspace_id, :id::uuid, :action::text, :outcome::text, 'user', u.id, u.name, :address::text, :details::text::jsonb, :at::timestamptz
         FROM user_emails e JOIN users u ON u.id = e.user_id JOIN memberships m ON m.user_id = u.id
         WHERE e.address = :account::text AND m.status <> 'invited'`,
        {
          account,
          id: newId(),
          action: event.action,
          outcome: event.outcome,
          address: event.address,
          details: JSON.stringify(event.details),
          at: event.at,
        },
      );
    },

    /** Stores that an expired access key was used, in its workspace. */
    async insertOfExpiredKey(keyHash: Buffer, event: NewEvent): Promise<void> {
      await db.query(
        `INSERT INTO audit_events ${columns}
         SELECT k.workspace_id, $8::uuid, $2::text, $3::text, 'accessKey', k.id, k.name, $4::text, 'accessKey', k.id, k.name,
           $5::text::jsonb, $6::timestamptz
         FROM access_keys k WHERE k.key_hash = $1::bytea AND k.expires_at <= $7::timestamptz`,
        [
          keyHash,
          event.action,
          event.outcome,
          event.address,
          JSON.stringify(event.details),
          event.at,
          event.at,
          newId(),
        ],
      );
    },

    /** Returns matching events older than the event `before`, newest first. */
    list(
      workspaceId: AuthorizedWorkspaceId,
      filter: EventFilter,
      { before, limit }: { before: string | undefined; limit: number },
    ): Promise<EventRow[]> {
      const parameters: unknown[] = [workspaceId, limit];
      const where = ["e.workspace_id = $1::uuid"];
      const add = (value: unknown, condition: (parameter: string) => string) => {
        parameters.push(value);
        where.push(condition(`$${parameters.length}`));
      };
      for (const name of Object.keys(conditions) as (keyof EventFilter)[])
        if (filter[name] !== undefined) add(filter[name], conditions[name]);
      if (before !== undefined) add(before, (p) => `e.id < ${p}::uuid`);
      return db.query<EventRow>(
        `SELECT e.id, e.action, e.outcome, e.actor_kind::text AS "actorKind", e.actor_id AS "actorId",
           e.actor_name AS "actorName", e.address, e.target_type AS "targetType", e.target_id AS "targetId",
           e.target_name AS "targetName", e.details, e.at
         FROM audit_events e WHERE ${where.join(" AND ")} ORDER BY e.id DESC LIMIT $2::int`,
        parameters,
      );
    },

    /** Deletes at most `limit` events from before a time. Returns how many. */
    async removeBefore(instant: Date, limit: number): Promise<number> {
      const rows = await db.query(
        `DELETE FROM audit_events WHERE (workspace_id, id) IN (
           SELECT workspace_id, id FROM audit_events WHERE at < :instant::timestamptz ORDER BY at LIMIT :limit::int)
         RETURNING 1 AS removed`,
        { instant, limit },
      );
      return rows.length;
    },

    /** Runs `work` unless another process is already sweeping. */
    exclusively<T>(work: () => Promise<T>): Promise<T | undefined> {
      return db.exclusively("rollcall.audit.sweep", work);
    },
  };
}

export type AuditRepository = ReturnType<typeof createAuditRepository>;
