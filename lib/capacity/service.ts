import type { Actor } from "@/lib/auth/permissions";
import type { CapacityRule } from "@/lib/capacity/contract";
import type { CapacityRepository } from "@/lib/capacity/repository";
import { type CapacityRuleRow, serializeRule } from "@/lib/capacity/serializer";
import { ApiError } from "@/lib/http/errors";
import type { PageTokens } from "@/lib/http/page-token";
import { pageByCreation } from "@/lib/http/paged";

/** Capacity rules of a workspace. */
export function createCapacityService(repository: CapacityRepository, tokens: PageTokens) {
  const serialize = (actor: Actor, row: CapacityRuleRow & { agents: { agentId: string }[] }) =>
    serializeRule(
      row,
      actor.workspaceId,
      row.agents.map((agent) => agent.agentId),
    );

  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        tokens,
        ["capacity", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        (row) => serialize(actor, row),
      );
    },

    /** Throws `CapacityRuleNotFound`. */
    async get(actor: Actor, id: string): Promise<CapacityRule> {
      const row = await repository.find(actor.workspaceId, id);
      if (!row)
        throw new ApiError("CapacityRuleNotFound", "There is no such capacity rule in this workspace.");
      return serialize(actor, row);
    },
  };
}
