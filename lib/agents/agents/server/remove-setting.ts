import type { AgentDependencies } from "@/lib/agents/agents/server/dependencies";
import type { Actor } from "@/lib/platform/security/permissions";
import { changedFields } from "@/lib/records/ledger/rules";
import type { Holders, Setting } from "@/lib/workforce/holders";

/** Removes a setting of the workspace from agents' profiles. */
export function createSettingRemoval({ repository, ledger }: AgentDependencies): Holders {
  return {
    async lockHolders(actor: Actor, setting: Setting): Promise<void> {
      await repository.lockHolders(actor.workspaceId, setting);
    },

    /** Adds a version and a ledger entry to each agent that refers to the setting. */
    async letGo(actor: Actor, setting: Setting, now: Date): Promise<void> {
      const { workspaceId } = actor;
      const ids = await repository.lockHolders(workspaceId, setting);
      if (ids.length === 0) return;
      const before = await repository.settingsOf(workspaceId, ids);
      await repository.letGo(workspaceId, setting);
      const after = new Map(
        (await repository.settingsOf(workspaceId, ids)).map((agent) => [agent.id, agent]),
      );
      const changes = before.flatMap((agent) => {
        const fields = changedFields(agent, after.get(agent.id) ?? agent, [
          "assignedSkills",
          "defaultSenderId",
        ]);
        return Object.keys(fields).length > 0 ? [{ subject: agent, fields }] : [];
      });
      await repository.touch(
        workspaceId,
        changes.map((change) => change.subject.id),
        now,
      );
      await ledger.recordUpdates(actor, changes, now);
    },
  };
}
