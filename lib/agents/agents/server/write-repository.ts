import type { AgentChange } from "@/lib/agents/agents/contract";
import { type AgentColumns, columnName } from "@/lib/agents/agents/server/columns";
import type { DeclaredAvailability } from "@/lib/availability/declared/rules";
import {
  type AvailabilityRow,
  availabilityColumns,
  availabilitySelection,
} from "@/lib/availability/declared/server/serializer";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { StoredVersion } from "@/lib/hours/schedule/stored";
import type { Database } from "@/lib/platform/database/db";
import { isUniqueViolation } from "@/lib/platform/database/errors";
import { ApiError } from "@/lib/platform/http/errors";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { foldText } from "@/lib/platform/text/text-folding";

/** A recording as stored. */
export interface StoredDropVm {
  id: string;
  name: string;
  mediaId: string;
}

/** The rows that a change of an agent writes. Omitted parts stay as they are. */
export interface AgentWrite {
  now: Date;
  columns: AgentColumns;
  availability: DeclaredAvailability | undefined;
  skills: AgentChange["assignedSkills"] | undefined;
  dropVms: StoredDropVm[] | undefined;
}

export interface AgentInsert {
  id: AgentId;
  now: Date;
  type: "user" | "bot";
  userId: string | null;
  name: string;
  timezone: string;
  columns: AgentColumns;
  availability: DeclaredAvailability;
  teamIds: readonly string[];
  /** The person is invited but has not joined yet. */
  pending: boolean;
}

/** Locks and writes agents. */
export function createWriteRepository(db: Database) {
  return {
    /** Locks an agent until the transaction ends. */
    async lock(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<void> {
      await db.query(
        `SELECT agent_id FROM agent_states WHERE workspace_id = :workspaceId::uuid AND agent_id = :agentId::uuid FOR UPDATE`,
        { workspaceId, agentId },
      );
    },

    /**
     * Locks the conversations that deleting an agent changes. Call it before `lock`: changes to a
     * conversation lock the conversation first, then the agents' states.
     */
    async lockConversations(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<void> {
      await db.query(
        `SELECT id FROM conversations
         WHERE workspace_id = :workspaceId::uuid AND state <> 'closed'
           AND ((agent_id = :agentId::uuid AND state = 'assigned') OR preferred_agent_id = :agentId::uuid
             OR id IN (SELECT o.conversation_id FROM offers o WHERE o.workspace_id = :workspaceId::uuid
               AND o.agent_id = :agentId::uuid AND o.state = 'pending'))
         ORDER BY id FOR UPDATE`,
        { workspaceId, agentId },
      );
    },

    /** Returns the stored availability. Throws if the agent does not exist. */
    async availability(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<AvailabilityRow> {
      const [row] = await db.query<AvailabilityRow>(
        `SELECT ${availabilitySelection} FROM agent_states s WHERE s.workspace_id = :workspaceId::uuid AND s.agent_id = :agentId::uuid`,
        { workspaceId, agentId },
      );
      if (!row) throw new Error("the agent does not exist");
      return row;
    },

    /** Returns the weekly hours in all versions; null for an agent who is always in hours. */
    async schedule(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<StoredVersion[] | null> {
      const [row] = await db.query<{ schedule: StoredVersion[] | null }>(
        `SELECT schedule FROM agents WHERE workspace_id = :workspaceId::uuid AND id = :agentId::uuid`,
        { workspaceId, agentId },
      );
      return row?.schedule ?? null;
    },

    /**
     * Returns whether the agent's person is suspended. If the agent is locked, the result stays true until
     * the transaction ends.
     */
    async isSuspended(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<boolean> {
      const rows = await db.query(
        `SELECT 1 FROM agents a JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
         WHERE a.workspace_id = :workspaceId::uuid AND a.id = :agentId::uuid AND m.status = 'suspended'`,
        { workspaceId, agentId },
      );
      return rows.length > 0;
    },

    /** Inserts an agent. Throws `AgentAlreadyExists` if the person has one. */
    async insert(workspaceId: AuthorizedWorkspaceId, agent: AgentInsert): Promise<void> {
      const { id, now, name, timezone, columns } = agent;
      try {
        await db.prisma.agent.create({
          data: {
            workspaceId,
            id,
            type: agent.type,
            userId: agent.userId,
            ...(columns as Partial<Prisma.AgentUncheckedCreateInput>),
            name,
            nameKey: foldText(name),
            timezone,
            createdAt: now,
            updatedAt: now,
          },
          select: { id: true },
        });
      } catch (error) {
        if (isUniqueViolation(error))
          throw new ApiError(
            "AgentAlreadyExists",
            "This person already has an agent in this workspace. Change that agent instead.",
            { cause: error },
          );
        throw error;
      }
      await db.prisma.agentState.create({
        data: {
          workspaceId,
          agentId: id,
          ...availabilityColumns(agent.availability),
          workloadId: newId(),
          workloadUpdatedAt: now,
        },
        select: { agentId: true },
      });
      if (agent.teamIds.length > 0)
        await db.prisma.teamMember.createMany({
          data: agent.teamIds.map((teamId) => ({
            workspaceId,
            teamId,
            agentId: id,
            memberSince: now,
            pending: agent.pending,
          })),
        });
    },

    /** Writes a change and increments the version. The row must be locked. */
    async update(workspaceId: AuthorizedWorkspaceId, agentId: AgentId, write: AgentWrite): Promise<void> {
      const { columns } = write;
      const touched = Object.keys(columns).length > 0 || write.skills || write.dropVms;
      const profile = touched
        ? {
            ...columns,
            ...(columns.name === undefined ? {} : { nameKey: foldText(columns.name) }),
            updatedAt: write.now,
          }
        : {};
      const state = write.availability ? availabilityColumns(write.availability) : {};
      // One statement for both rows. Keys with null are written; absent keys are not in the column list.
      const profileText = touched
        ? `WITH profile AS (
             UPDATE agents SET ${assignment("agents", profile, "profile")}
             WHERE workspace_id = :workspaceId::uuid AND id = :agentId::uuid)`
        : "";
      const stateText = write.availability ? `, ${assignment("agent_states", state, "state")}` : "";
      await db.query(
        `${profileText}
         UPDATE agent_states SET version = version + 1${stateText}
         WHERE workspace_id = :workspaceId::uuid AND agent_id = :agentId::uuid`,
        {
          workspaceId,
          agentId,
          ...(touched && { profile: inColumns(profile) }),
          ...(write.availability && { state: inColumns(state) }),
        },
      );
      if (write.skills) await replaceSkills(db, workspaceId, agentId, write.skills);
      if (write.dropVms) {
        await db.prisma.dropVm.deleteMany({ where: { workspaceId, agentId } });
        await db.prisma.dropVm.createMany({
          data: write.dropVms.map((drop, position) => ({ ...drop, workspaceId, agentId, position })),
        });
      }
    },

    /** Deletes an agent. Everything that belongs to it is deleted by cascade. */
    async delete(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<void> {
      // Triggers also lock the membership, but only after the agent. Team changes and joins lock it first.
      // Locking it here in the same order avoids a deadlock.
      await db.query(
        `SELECT m.user_id FROM agents a
         JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
         WHERE a.workspace_id = :workspaceId::uuid AND a.id = :agentId::uuid FOR NO KEY UPDATE OF m`,
        { workspaceId, agentId },
      );
      await db.query(`DELETE FROM agents WHERE workspace_id = :workspaceId::uuid AND id = :agentId::uuid`, {
        workspaceId,
        agentId,
      });
    },
  };
}

/** Returns the SET clause for the columns of a row, whose JSON is the value of `parameter`. */
function assignment(table: string, row: object, parameter: string): string {
  const columns = Object.keys(row).map(columnName).join(", ");
  return `(${columns}) = (SELECT ${columns} FROM jsonb_populate_record(NULL::${table}, :${parameter}::text::jsonb))`;
}

const inColumns = (row: object) =>
  JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [columnName(name), value])));

async function replaceSkills(
  db: Database,
  workspaceId: string,
  agentId: string,
  skills: NonNullable<AgentChange["assignedSkills"]>,
): Promise<void> {
  await db.prisma.agentSkill.deleteMany({ where: { workspaceId, agentId } });
  await db.prisma.agentSkill.createMany({
    data: skills.map((skill, position) => ({ workspaceId, agentId, skillId: skill.id, position })),
  });
  await db.prisma.agentSkillValue.createMany({
    data: skills.flatMap((skill) =>
      skill.selectedValues.map((value) => ({ workspaceId, agentId, skillId: skill.id, valueId: value.id })),
    ),
  });
}
