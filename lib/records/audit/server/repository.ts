import { conditionsOn } from "@/lib/platform/database/conditions";
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

/** An event to insert. */
export interface NewEvent extends Omit<EventRow, "id" | "at"> {
  at: Date;
}

export interface EventFilter {
  actions?: readonly AuditAction[] | undefined;
  actorId?: string | undefined;
  since?: number | undefined;
  upto?: number | undefined;
}

const conditions: Record<"workspace" | "before" | keyof EventFilter, string> = {
  workspace: "e.workspace_id = :workspace::uuid",
  actions: "e.action = ANY(:actions::text[])",
  actorId: "e.actor_id = :actorId::uuid",
  since: "e.at >= to_timestamp(:since::double precision / 1000)",
  upto: "e.at <= to_timestamp(:upto::double precision / 1000)",
  before: "e.id < :before::uuid",
};

const columns = `(workspace_id, id, action, outcome, actor_kind, actor_id, actor_name, address, target_type, target_id,
  target_name, details, at)`;

const values = `:id::uuid, :action::text, :outcome::text, :actorKind::text::actor_kind, :actorId::uuid,
  :actorName::text, :address::text, :targetType::text, :targetId::uuid, :targetName::text,
  :details::text::jsonb, :at::timestamptz`;

/** Parameters of an event for a statement that looks up the actor itself. */
const parametersOf = ({ action, outcome, address, details, at }: NewEvent) => ({
  id: newId(),
  action,
  outcome,
  address,
  details: JSON.stringify(details),
  at,
});

export function createAuditRepository(db: Database) {
  return {
    /** Prevents other recorded changes of a setting until the transaction ends. */
    async lockSetting(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.query(
        "SELECT pg_advisory_xact_lock(hashtextextended('setting ' || :workspaceId::text || :id::text, 0))::text",
        { workspaceId, id },
      );
    },

    async insert(workspaceId: AuthorizedWorkspaceId, event: NewEvent): Promise<void> {
      await db.query(`INSERT INTO audit_events ${columns} SELECT :workspace::uuid, ${values}`, {
        workspace: workspaceId,
        ...event,
        ...parametersOf(event),
      });
    },

    /** Inserts an event in every workspace in which the person is active, or only in `workspaceId`. */
    async insertOfPerson(userId: UserId, event: NewEvent, workspaceId: string | undefined): Promise<void> {
      await db.query(
        `INSERT INTO audit_events ${columns}
         SELECT m.workspace_id, ${values} FROM memberships m
         WHERE m.user_id = :user::uuid AND m.status = 'active'
           AND (:workspace::uuid IS NULL OR m.workspace_id = :workspace::uuid)`,
        { ...event, ...parametersOf(event), user: userId, workspace: workspaceId ?? null },
      );
    },

    /**
     * Inserts a failed sign-in in every workspace that the owner of this email has joined. Workspaces that
     * have only invited them must not learn about it.
     */
    async insertOfAccount(account: string, event: NewEvent): Promise<void> {
      await db.query(
        `INSERT INTO audit_events (workspace_id, id, action, outcome, actor_kind, actor_id, actor_name, address, details, at)
         SELECT m.workspace_id, :id::uuid, :action::text, :outcome::text, 'user', u.id, u.name, :address::text,
           :details::text::jsonb, :at::timestamptz
         FROM user_emails e JOIN users u ON u.id = e.user_id JOIN memberships m ON m.user_id = u.id
         WHERE e.address = :account::text AND m.status <> 'invited'`,
        { ...parametersOf(event), account },
      );
    },

    /** Records in the key's workspace that an expired access key was used. */
    async insertOfExpiredKey(keyHash: Buffer, event: NewEvent): Promise<void> {
      await db.query(
        `INSERT INTO audit_events ${columns}
         SELECT k.workspace_id, :id::uuid, :action::text, :outcome::text, 'accessKey', k.id, k.name, :address::text,
           'accessKey', k.id, k.name, :details::text::jsonb, :at::timestamptz
         FROM access_keys k WHERE k.key_hash = :keyHash::bytea AND k.expires_at <= :at::timestamptz`,
        { ...parametersOf(event), keyHash },
      );
    },

    /** Returns matching events older than the event `before`, newest first. */
    list(
      workspaceId: AuthorizedWorkspaceId,
      filter: EventFilter,
      { before, limit }: { before: string | undefined; limit: number },
    ): Promise<EventRow[]> {
      const { where, given } = conditionsOn(conditions, { ...filter, workspace: workspaceId, before });
      return db.query<EventRow>(
        `SELECT e.id, e.action, e.outcome, e.actor_kind::text AS "actorKind", e.actor_id AS "actorId",
           e.actor_name AS "actorName", e.address, e.target_type AS "targetType", e.target_id AS "targetId",
           e.target_name AS "targetName", e.details, e.at
         FROM audit_events e WHERE ${where} ORDER BY e.id DESC LIMIT :limit::int`,
        { ...given, limit },
      );
    },

    /** Deletes up to `limit` events from before a time. Returns how many. */
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
