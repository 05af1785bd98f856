import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/platform/database/db";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { foldText } from "@/lib/platform/text/text-folding";
import type { Entry } from "@/lib/records/ledger/server/entry.sql";

/** Columns of a preset, without its position. */
export interface PresetColumns {
  name: string;
  icon: string | null;
  status: AgentStatus;
  activity: Activity;
  activityTtl: number | null;
  activityText: string | null;
}

/** The facts about an agent that choosing a preset depends on. */
export interface ChoosingAgent {
  id: AgentId;
  version: number;
  suspended: boolean;
  /** Whether a messaging or voice conversation is open. */
  isBusy: boolean;
}

const refusingSecondName = refusingDuplicates(
  "StatusAlreadyExists",
  "The workspace already has a preset with this name. Case and accents don't count. Choose another name.",
);

const lockText = `
  SELECT agent_id FROM agent_states WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid
  FOR UPDATE`;

const agentText = `
  SELECT a.id, s.version, s.messaging_count + s.voice_count > 0 AS "isBusy",
    EXISTS (SELECT 1 FROM memberships m WHERE m.workspace_id = a.workspace_id AND m.user_id = a.user_id
      AND m.status = 'suspended') AS suspended
  FROM agents a JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
  WHERE a.workspace_id = :workspace::uuid AND a.id = :agent::uuid`;

export function createPresetRepository(db: Database) {
  return {
    /** Returns all presets by position, at most `presetLimit`. */
    list(workspaceId: AuthorizedWorkspaceId) {
      return db.prisma.preset.findMany({ where: { workspaceId }, orderBy: { position: "asc" } });
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.preset.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
    },

    count(workspaceId: AuthorizedWorkspaceId): Promise<number> {
      return db.prisma.preset.count({ where: { workspaceId } });
    },

    /**
     * Locks a workspace's presets against concurrent writes until the transaction ends, because they share
     * positions.
     */
    async lockAll(workspaceId: AuthorizedWorkspaceId): Promise<void> {
      await db.query("SELECT id FROM workspaces WHERE id = :workspace::uuid FOR NO KEY UPDATE", {
        workspace: workspaceId,
      });
    },

    /** Throws `StatusAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: PresetColumns & { position: number },
      now: Date,
    ): Promise<void> {
      const row = { ...columns, nameKey: foldText(columns.name), workspaceId, id };
      await refusingSecondName(() =>
        db.prisma.preset.createMany({ data: [{ ...row, createdAt: now, updatedAt: now }] }),
      );
    },

    /** Throws `StatusAlreadyExists`. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: Partial<PresetColumns & { position: number }>,
      now: Date,
    ): Promise<void> {
      const key = columns.name === undefined ? {} : { nameKey: foldText(columns.name) };
      await refusingSecondName(() =>
        db.prisma.preset.updateMany({
          where: { workspaceId, id },
          data: { ...columns, ...key, updatedAt: now },
        }),
      );
    },

    /** Moves the presets at positions `from` to `to` (inclusive) by `by` places. */
    async shift(workspaceId: AuthorizedWorkspaceId, from: number, to: number, by: 1 | -1): Promise<void> {
      const between: Prisma.PresetWhereInput = { workspaceId, position: { gte: from, lte: to } };
      await db.prisma.preset.updateMany({ where: between, data: { position: { increment: by } } });
    },

    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.preset.deleteMany({ where: { workspaceId, id } });
    },

    /** Returns how many agents have the preset pending. */
    countPending(workspaceId: AuthorizedWorkspaceId, presetId: string): Promise<number> {
      return db.prisma.pendingPreset.count({ where: { workspaceId, presetId } });
    },

    /** Locks an agent's state until the transaction ends and returns it. */
    async lockAgent(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
    ): Promise<ChoosingAgent | undefined> {
      const key = { workspace: workspaceId, agent: agentId };
      // A separate statement: after waiting for the lock, the same statement would still see the old
      // membership.
      await db.query(lockText, key);
      const [row] = await db.query<ChoosingAgent>(agentText, key);
      return row;
    },

    /** Returns a preset and prevents its deletion until the transaction ends. */
    async hold(workspaceId: AuthorizedWorkspaceId, id: string) {
      await db.query(
        "SELECT id FROM presets WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR KEY SHARE",
        { workspace: workspaceId, id },
      );
      return await this.find(workspaceId, id);
    },

    /** Saves the preset that the agent switches to later. Replaces an earlier choice. */
    async savePending(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      pending: Omit<PresetColumns, "name" | "icon"> & { presetId: string },
      { actor, cause }: Pick<Entry, "actor" | "cause">,
      now: Date,
    ): Promise<void> {
      const columns = {
        ...pending,
        actorKind: actor.kind,
        actorId: actor.id,
        actorName: actor.name,
        cause,
        createdAt: now,
      };
      await db.prisma.pendingPreset.upsert({
        where: { workspaceId_agentId: { workspaceId, agentId } },
        create: { workspaceId, agentId, ...columns },
        update: columns,
      });
    },

    async deletePending(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<void> {
      await db.prisma.pendingPreset.deleteMany({ where: { workspaceId, agentId } });
    },
  };
}

export type PresetRepository = ReturnType<typeof createPresetRepository>;
