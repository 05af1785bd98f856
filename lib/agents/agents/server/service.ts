import { createAgentChange } from "@/lib/agents/agents/server/change";
import { createCreation } from "@/lib/agents/agents/server/create";
import { createDeletion } from "@/lib/agents/agents/server/delete";
import type { AgentDependencies } from "@/lib/agents/agents/server/dependencies";
import { createReads } from "@/lib/agents/agents/server/read";
import { createSettingRemoval } from "@/lib/agents/agents/server/remove-setting";

export function createAgentService(dependencies: AgentDependencies) {
  return {
    ...createReads(dependencies),
    ...createCreation(dependencies),
    ...createAgentChange(dependencies),
    ...createDeletion(dependencies),
    ...createSettingRemoval(dependencies),
  };
}

export type AgentService = ReturnType<typeof createAgentService>;
