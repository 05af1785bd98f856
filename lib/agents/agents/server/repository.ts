import { createListRepository } from "@/lib/agents/agents/server/list-repository";
import { createReferenceRepository } from "@/lib/agents/agents/server/reference-repository";
import { createSettingRepository } from "@/lib/agents/agents/server/setting-repository";
import { createWriteRepository } from "@/lib/agents/agents/server/write-repository";
import type { Database } from "@/lib/platform/database/db";

/**
 * Reads and writes agents. The branded workspace id proves that access was checked. `publicUrl` is the base
 * of URLs in responses.
 */
export function createAgentRepository(db: Database, publicUrl: string) {
  return {
    ...createListRepository(db, publicUrl),
    ...createReferenceRepository(db),
    ...createWriteRepository(db),
    ...createSettingRepository(db),
  };
}

export type AgentRepository = ReturnType<typeof createAgentRepository>;
