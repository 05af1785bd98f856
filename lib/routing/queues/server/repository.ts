import type { Channel } from "@/lib/availability/effective/values";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Queue, QueueUsage } from "@/lib/routing/queues/contract";

/** Closed conversations that leave their queue in one statement. */
const closedBatch = 2_000;

/** A team of a queue. */
export interface QueueTeam {
  id: string;
  kind: "primary" | "secondary" | "step";
  /** Index of the step; 0 for other kinds. */
  step: number;
}

/**
 * A step as stored, without its teams, which have their own rows. A type, because Prisma's JSON type does not
 * accept interfaces.
 */
export type StoredStep = {
  afterSeconds: number;
  dropSkills?: boolean;
};

/** Columns of a queue. `null` clears the description. */
export interface QueueColumns
  extends Pick<
    Queue,
    "name" | "priority" | "offerMode" | "offerTimeout" | "strategy" | "targetSeconds" | "rampSeconds"
  > {
  description: string | null;
  isDefault: boolean;
  steps: StoredStep[];
}

export interface QueueRow extends QueueColumns {
  id: string;
  workspaceId: string;
  teams: QueueTeam[];
  queuedItems: { [channel in Channel]?: number };
  createdAt: Date;
  updatedAt: Date;
}

const columns = `${named("q", ["workspaceId", "id", "name", "description", "isDefault", "priority", "offerTimeout", "targetSeconds", "rampSeconds", "steps", "createdAt", "updatedAt"])},
    q.offer_mode::text AS "offerMode", q.strategy::text AS strategy,
    (SELECT coalesce(json_agg(json_build_object('id', t.team_id, 'kind', t.kind, 'step', t.step)
        ORDER BY t.step, t.position), '[]')
      FROM routing_queue_teams t WHERE t.workspace_id = q.workspace_id AND t.queue_id = q.id) AS teams,
    (SELECT coalesce(json_object_agg(w.channel, w.amount), '{}') FROM (
      SELECT c.channel, count(*) AS amount FROM conversations c
      WHERE c.workspace_id = q.workspace_id AND c.queue_id = q.id AND c.state IN ('queued', 'offered')
      GROUP BY c.channel) w) AS "queuedItems"`;

const inOrder = { from: "routing_queues q", alias: "q", columns };

const findText = `SELECT ${columns} FROM routing_queues q
  WHERE q.workspace_id = :workspace::uuid AND q.id = :id::uuid`;

/** The only unique index that a queue can violate is the one that allows a single default. */
const refusingSecondDefault = refusingDuplicates(
  "DefaultQueueAlreadyExists",
  "Another queue is the default. Set default: false on that queue first.",
);

export function createQueueRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<QueueRow>(db.query, inOrder, workspaceId, page);
    },

    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<QueueRow | undefined> {
      const [row] = await db.query<QueueRow>(findText, { workspace: workspaceId, id });
      return row;
    },

    /** Returns which of the ids are teams of the workspace, and locks them against deletion. */
    async existingTeams(workspaceId: AuthorizedWorkspaceId, ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.query<{ id: string }>(
        `SELECT id FROM teams WHERE workspace_id = :workspace::uuid AND id = ANY(:ids::uuid[])
         ORDER BY id FOR KEY SHARE`,
        { workspace: workspaceId, ids },
      );
      return new Set(rows.map((row) => row.id));
    },

    /** Locks a queue against changes, but not against new conversations. Returns whether it exists. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM routing_queues WHERE workspace_id = :workspace::uuid AND id = :id::uuid
         FOR NO KEY UPDATE`,
        { workspace: workspaceId, id },
      );
      return rows.length > 0;
    },

    /**
     * Locks a queue, also against new conversations. Locks its assigned conversations first, because requests
     * lock those first.
     */
    async lockForDeletion(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      await db.query(
        `SELECT id FROM conversations
         WHERE workspace_id = :workspace::uuid AND queue_id = :id::uuid AND state = 'assigned'
         ORDER BY id FOR UPDATE`,
        { workspace: workspaceId, id },
      );
      const rows = await db.query(
        "SELECT id FROM routing_queues WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE",
        { workspace: workspaceId, id },
      );
      return rows.length > 0;
    },

    /** Throws `DefaultQueueAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      values: QueueColumns,
      now: Date,
    ): Promise<void> {
      const row = { ...values, workspaceId, id, createdAt: now, updatedAt: now };
      await refusingSecondDefault(() => db.prisma.routingQueue.createMany({ data: [row] }));
    },

    /** Throws `DefaultQueueAlreadyExists`. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      values: Partial<QueueColumns>,
      now: Date,
    ): Promise<void> {
      await refusingSecondDefault(() =>
        db.prisma.routingQueue.updateMany({
          where: { workspaceId, id },
          data: { ...values, updatedAt: now },
        }),
      );
    },

    /** Replaces the queue's teams of these kinds. Lock the teams first. */
    async setTeams(
      workspaceId: AuthorizedWorkspaceId,
      queueId: string,
      kinds: readonly QueueTeam["kind"][],
      teams: readonly QueueTeam[],
    ): Promise<void> {
      await db.prisma.routingQueueTeam.deleteMany({
        where: { workspaceId, queueId, kind: { in: [...kinds] } },
      });
      if (teams.length > 0)
        await db.prisma.routingQueueTeam.createMany({
          data: teams.map(({ id: teamId, kind, step }, position) => ({
            workspaceId,
            queueId,
            teamId,
            kind,
            step,
            position,
          })),
        });
    },

    /**
     * Takes the queue from closed conversations, of which there may be very many. Each batch is a transaction of its
     * own, so that none lasts long.
     */
    async leaveClosed(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      for (;;) {
        const { length } = await db.query(
          `UPDATE conversations SET queue_id = NULL WHERE workspace_id = :workspace::uuid AND id IN (
             SELECT c.id FROM conversations c WHERE c.workspace_id = :workspace::uuid AND c.queue_id = :id::uuid
               AND c.state = 'closed' LIMIT ${closedBatch})
           RETURNING 1 AS changed`,
          { workspace: workspaceId, id },
        );
        if (length < closedBatch) return;
      }
    },

    /** Takes the queue from conversations that don't wait, and deletes it. */
    async delete(workspaceId: AuthorizedWorkspaceId, id: string, now: Date): Promise<void> {
      await db.query(
        `UPDATE conversations SET queue_id = NULL,
           updated_at = CASE WHEN state = 'closed' THEN updated_at ELSE :now::timestamptz END
         WHERE workspace_id = :workspace::uuid AND queue_id = :id::uuid`,
        { workspace: workspaceId, id, now },
      );
      await db.prisma.routingQueue.deleteMany({ where: { workspaceId, id } });
    },

    /** Returns undefined if the queue does not exist. */
    async usage(workspaceId: AuthorizedWorkspaceId, id: string): Promise<QueueUsage | undefined> {
      const [row] = await db.query<QueueUsage>(
        `SELECT count(c.id) FILTER (WHERE c.state <> 'assigned')::int AS waiting,
           count(c.id) FILTER (WHERE c.state = 'assigned')::int AS assigned
         FROM routing_queues q LEFT JOIN conversations c ON c.workspace_id = q.workspace_id
           AND c.queue_id = q.id AND c.state IN ('queued', 'offered', 'assigned')
         WHERE q.workspace_id = :workspace::uuid AND q.id = :id::uuid GROUP BY q.id`,
        { workspace: workspaceId, id },
      );
      return row;
    },

    /**
     * Returns the primary teams of a queue; an empty list if all agents may take its conversations. Undefined
     * if the queue does not exist.
     */
    async primaryTeams(workspaceId: AuthorizedWorkspaceId, id: string): Promise<string[] | undefined> {
      const [row] = await db.query<{ ids: string[] }>(
        `SELECT ARRAY(SELECT t.team_id::text FROM routing_queue_teams t WHERE t.workspace_id = q.workspace_id
           AND t.queue_id = q.id AND t.kind = 'primary') AS ids
         FROM routing_queues q WHERE q.workspace_id = :workspace::uuid AND q.id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return row?.ids;
    },
  };
}

export type QueueRepository = ReturnType<typeof createQueueRepository>;
