import type { Agent } from "@/lib/agents/agents/contract";
import { wireOf } from "@/lib/agents/agents/server/wire.sql";
import type { Values } from "@/lib/platform/database/bind";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Setting } from "@/lib/workforce/holders";

/** The parts of a profile that refer to workspace settings. */
type SettingsOfAgent = Pick<Agent, "name" | "assignedSkills" | "defaultSenderId"> & { id: AgentId };

/** Returns a query for the ids of agents that refer to a setting. */
function holdersOf(setting: Setting): { sql: string; values: Values } {
  switch (setting.kind) {
    case "skill":
      return {
        sql: `SELECT k.agent_id FROM agent_skills k WHERE k.workspace_id = :workspaceId::uuid AND k.skill_id = :skillId::uuid`,
        values: { skillId: setting.id },
      };
    case "skillValues":
      return {
        sql: `SELECT v.agent_id FROM agent_skill_values v
              WHERE v.workspace_id = :workspaceId::uuid AND v.skill_id = :skillId::uuid AND v.value_id = ANY(:valueIds::uuid[])`,
        values: { skillId: setting.skillId, valueIds: setting.ids },
      };
    case "sender":
      return {
        sql: `SELECT h.id FROM agents h WHERE h.workspace_id = :workspaceId::uuid AND h.default_sender_id = :senderId::uuid`,
        values: { senderId: setting.id },
      };
  }
}

const settingsJson = wireOf(["name", "assignedSkills", "defaultSenderId"]);

/** Finds agents that refer to a workspace setting, and removes it from them. */
export function createSettingRepository(db: Database) {
  return {
    /**
     * Locks all agents that refer to the setting, ordered by id to avoid deadlocks, and returns their ids.
     */
    async lockHolders(workspaceId: AuthorizedWorkspaceId, setting: Setting): Promise<AgentId[]> {
      const holders = holdersOf(setting);
      const rows = await db.query<{ id: AgentId }>(
        `SELECT s.agent_id AS id FROM agent_states s
         WHERE s.workspace_id = :workspaceId::uuid AND s.agent_id IN (${holders.sql})
         ORDER BY s.agent_id FOR UPDATE OF s`,
        { workspaceId, ...holders.values },
      );
      return rows.map((row) => row.id);
    },

    /** Returns the settings that these agents refer to, ordered by id. */
    async settingsOf(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly AgentId[],
    ): Promise<SettingsOfAgent[]> {
      const rows = await db.query<{ agent: SettingsOfAgent }>(
        `SELECT ${settingsJson}::json AS agent FROM agents a
         WHERE a.workspace_id = :workspaceId::uuid AND a.id = ANY(:ids::uuid[]) ORDER BY a.id`,
        { workspaceId, ids },
      );
      return rows.map(({ agent }) => agent);
    },

    /** Removes the setting from every profile that refers to it. The agents must be locked. */
    async letGo(workspaceId: AuthorizedWorkspaceId, setting: Setting): Promise<void> {
      switch (setting.kind) {
        case "skill":
          await db.prisma.agentSkill.deleteMany({ where: { workspaceId, skillId: setting.id } });
          break;
        case "skillValues":
          await db.prisma.agentSkillValue.deleteMany({
            where: { workspaceId, skillId: setting.skillId, valueId: { in: [...setting.ids] } },
          });
          break;
        case "sender":
          await db.prisma.agent.updateMany({
            where: { workspaceId, defaultSenderId: setting.id },
            data: { defaultSenderId: null },
          });
      }
    },

    /** Increments the versions of agents whose profiles changed. The rows must be locked. */
    async touch(workspaceId: AuthorizedWorkspaceId, ids: readonly AgentId[], now: Date): Promise<void> {
      await db.query(
        `WITH profiles AS (
           UPDATE agents SET updated_at = :now::timestamptz
           WHERE workspace_id = :workspaceId::uuid AND id = ANY(:ids::uuid[]))
         UPDATE agent_states SET version = version + 1
         WHERE workspace_id = :workspaceId::uuid AND agent_id = ANY(:ids::uuid[])`,
        { workspaceId, ids, now },
      );
    },
  };
}
