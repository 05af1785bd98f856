import type { PlannedChange } from "@/lib/agents/coverage/changes-contract";
import type { Database } from "@/lib/platform/database/db";
import { type CreationKey, named } from "@/lib/platform/http/server/paged";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { DAY_MS } from "@/lib/platform/time/calendar";

/** The rows of one agent that a change can affect. */
export type Place =
  | { table: "agents"; agentId: AgentId }
  | { table: "agent_overrides"; agentId: AgentId; date: string }
  | { table: "time_off"; agentId: AgentId; id: string }
  | { table: "rotation_members"; agentId: AgentId }
  | { table: "team_members"; agentId: AgentId; teamId: string }
  | { table: "agent_skills"; agentId: AgentId }
  | { table: "agent_skill_values"; agentId: AgentId };

export type StoredJson = { [column: string]: unknown };

/** The rows of a place at some time. */
export interface Snapshot {
  place: Place;
  rows: StoredJson[];
}

export interface ChangeSetRow {
  id: string;
  workspaceId: string;
  changes: PlannedChange[];
  before: Snapshot[];
  after: Snapshot[];
  actorKind: "user" | "accessKey" | "system";
  actorId: string | null;
  actorName: string;
  createdAt: Date;
  undoneAt: Date | null;
}

/** A membership in a rotation. Dates are epoch days. */
export interface MemberRow {
  id: string;
  rotationId: string;
  name: string;
  offset: number;
  from: number | null;
  until: number | null;
}

const columns = named("c", [
  "id",
  "workspaceId",
  "changes",
  "before",
  "after",
  "actorId",
  "actorName",
  "createdAt",
  "undoneAt",
]);
const selected = `SELECT ${columns}, c.actor_kind::text AS "actorKind" FROM change_sets c
  WHERE c.workspace_id = :workspaceId::uuid`;

/** SQL conditions of places on their table `r`. */
const conditions: { [Table in Place["table"]]: string } = {
  agents: "r.id = :agentId::uuid",
  agent_overrides: "r.agent_id = :agentId::uuid AND r.date = :date::text::date",
  time_off: "r.agent_id = :agentId::uuid AND r.id = :id::uuid",
  rotation_members: "r.agent_id = :agentId::uuid",
  team_members: "r.agent_id = :agentId::uuid AND r.team_id = :teamId::uuid",
  agent_skills: "r.agent_id = :agentId::uuid",
  agent_skill_values: "r.agent_id = :agentId::uuid",
};

const whereOf = (table: Place["table"]) => `r.workspace_id = :workspaceId::uuid AND ${conditions[table]}`;

/** Versions of a schedule begin by the agent's zone, so another zone makes another schedule. */
const rowOf = (table: Place["table"]) =>
  table === "agents" ? "jsonb_build_object('schedule', r.schedule, 'timezone', r.timezone)" : "to_jsonb(r)";

/** Reads and writes change sets, and the rows that they touch. */
export function createChangeSetRepository(db: Database) {
  return {
    /** Returns change sets, newest first. */
    async list(
      workspaceId: AuthorizedWorkspaceId,
      { limit, after }: { limit: number; after: CreationKey | undefined },
    ): Promise<{ rows: ChangeSetRow[]; total: number }> {
      const [counted] = await db.query<{ total: number }>(
        "SELECT count(*)::int AS total FROM change_sets WHERE workspace_id = :workspaceId::uuid",
        { workspaceId },
      );
      const rows = await db.query<ChangeSetRow>(
        `${selected} ${after ? "AND (c.created_at, c.id) < (to_timestamp(:createdAt::double precision / 1000), :id::uuid)" : ""}
         ORDER BY c.created_at DESC, c.id DESC LIMIT :limit::int`,
        { workspaceId, limit, ...after },
      );
      return { rows, total: counted?.total ?? 0 };
    },

    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<ChangeSetRow | undefined> {
      const [row] = await db.query<ChangeSetRow>(`${selected} AND c.id = :id::uuid`, { workspaceId, id });
      return row;
    },

    /** Locks a change set until the transaction ends. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<ChangeSetRow | undefined> {
      const [row] = await db.query<ChangeSetRow>(`${selected} AND c.id = :id::uuid FOR UPDATE`, {
        workspaceId,
        id,
      });
      return row;
    },

    async insert({ changes, before, after, actorKind, ...row }: ChangeSetRow): Promise<void> {
      await db.query(
        `INSERT INTO change_sets (workspace_id, id, changes, before, after, actor_kind, actor_id, actor_name, created_at)
         VALUES (:workspaceId::uuid, :id::uuid, :changes::text::jsonb, :before::text::jsonb, :after::text::jsonb,
           :actorKind::text::actor_kind, :actorId::uuid, :actorName::text, :createdAt::timestamptz)`,
        {
          workspaceId: row.workspaceId,
          id: row.id,
          changes: JSON.stringify(changes),
          before: JSON.stringify(before),
          after: JSON.stringify(after),
          actorKind,
          actorId: row.actorId,
          actorName: row.actorName,
          createdAt: row.createdAt,
        },
      );
    },

    async markUndone(workspaceId: AuthorizedWorkspaceId, id: string, now: Date): Promise<void> {
      await db.query(
        "UPDATE change_sets SET undone_at = :now::timestamptz WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid",
        { workspaceId, id, now },
      );
    },

    /** Returns the versions of locked agents, for `If-Match`. */
    versions(
      workspaceId: AuthorizedWorkspaceId,
      agentIds: readonly string[],
    ): Promise<{ agentId: string; version: number }[]> {
      return db.query(
        `SELECT agent_id AS "agentId", version FROM agent_states
         WHERE workspace_id = :workspaceId::uuid AND agent_id = ANY(:agentIds::uuid[])`,
        { workspaceId, agentIds },
      );
    },

    /** Returns the current rows of a place. */
    async snapshot(workspaceId: AuthorizedWorkspaceId, place: Place): Promise<Snapshot> {
      const { table, ...key } = place;
      const [found] = await db.query<{ rows: StoredJson[] }>(
        `SELECT coalesce(jsonb_agg(${rowOf(table)} ORDER BY to_jsonb(r)::text), '[]') AS rows
         FROM ${table} r WHERE ${whereOf(table)}`,
        { workspaceId, ...key },
      );
      return { place, rows: found?.rows ?? [] };
    },

    /** Restores the rows of a place. */
    async restore(workspaceId: AuthorizedWorkspaceId, { place, rows }: Snapshot): Promise<void> {
      const { table, ...key } = place;
      const values = { workspaceId, ...key };
      if (table === "agents") {
        await db.query(
          `UPDATE agents r SET schedule = NULLIF(:rows::text::jsonb -> 0 -> 'schedule', 'null') WHERE ${whereOf(table)}`,
          { ...values, rows: JSON.stringify(rows) },
        );
        return;
      }
      await db.query(`DELETE FROM ${table} r WHERE ${whereOf(table)}`, values);
      if (rows.length > 0)
        await db.query(
          `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, :rows::text::jsonb)`,
          { rows: JSON.stringify(rows) },
        );
    },

    /** Marks an override as made by a change set. */
    async claimOverride(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      date: string,
      changeSetId: string,
    ): Promise<void> {
      await db.query(
        `UPDATE agent_overrides SET source = 'changeSet', source_id = :changeSetId::uuid
         WHERE workspace_id = :workspaceId::uuid AND agent_id = :agentId::uuid AND date = :date::text::date`,
        { workspaceId, agentId, date, changeSetId },
      );
    },

    /** Returns the workspace's time zone. */
    async timezone(workspaceId: AuthorizedWorkspaceId): Promise<string> {
      const [row] = await db.query<{ timezone: string }>(
        "SELECT timezone FROM workspaces WHERE id = :workspaceId::uuid",
        { workspaceId },
      );
      return row?.timezone ?? "UTC";
    },

    async firstTimeOffType(workspaceId: AuthorizedWorkspaceId): Promise<string | undefined> {
      const [row] = await db.query<{ id: string }>(
        `SELECT id FROM time_off_types WHERE workspace_id = :workspaceId::uuid ORDER BY position, id LIMIT 1`,
        { workspaceId },
      );
      return row?.id;
    },

    /** Locks a rotation against deletion. Returns its name and first date (epoch day). */
    async rotation(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
    ): Promise<{ name: string; startDay: number } | undefined> {
      const [row] = await db.query<{ name: string; startDay: number }>(
        `SELECT name, start_date - DATE '1970-01-01' AS "startDay" FROM rotations
         WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid FOR KEY SHARE`,
        { workspaceId, id },
      );
      return row;
    },

    /** Returns the memberships of a locked agent, by date. */
    rotationsOf(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<MemberRow[]> {
      return db.query<MemberRow>(
        `SELECT m.id, m.rotation_id AS "rotationId", r.name, m."offset"::int AS "offset",
           m.from_date - DATE '1970-01-01' AS "from", m.until_date - DATE '1970-01-01' AS until
         FROM rotation_members m JOIN rotations r ON r.workspace_id = m.workspace_id AND r.id = m.rotation_id
         WHERE m.workspace_id = :workspaceId::uuid AND m.agent_id = :agentId::uuid
         ORDER BY m.from_date NULLS FIRST, m.id`,
        { workspaceId, agentId },
      );
    },

    /** Replaces the memberships of a locked agent. */
    async setRotations(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      members: readonly MemberRow[],
    ): Promise<void> {
      await db.prisma.rotationMember.deleteMany({ where: { workspaceId, agentId } });
      await db.prisma.rotationMember.createMany({
        data: members.map(({ name: _, from, until, ...member }) => ({
          ...member,
          workspaceId,
          agentId,
          fromDate: dateOf(from),
          untilDate: dateOf(until),
        })),
      });
    },
  };
}

const dateOf = (day: number | null) => (day === null ? null : new Date(day * DAY_MS));

export type ChangeSetRepository = ReturnType<typeof createChangeSetRepository>;
