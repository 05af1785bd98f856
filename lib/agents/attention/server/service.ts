import type { Attention, AttentionAgent, AttentionQuery } from "@/lib/agents/attention/contract";
import type { AttentionRepository, AttentionRow } from "@/lib/agents/attention/server/repository";
import { attentionReasons } from "@/lib/agents/attention/values";
import type { EffectiveService } from "@/lib/availability/effective/server/service";
import type { Reply } from "@/lib/platform/http/server/reply";
import { optional, timestamp } from "@/lib/platform/http/wire";
import type { Actor } from "@/lib/platform/security/permissions";

function serialize(row: AttentionRow): AttentionAgent {
  const { agentId, name, avatarUrl, status, activity, since, channel, open, capacity } = row;
  const load = channel && open !== null && capacity !== null ? { channel, open, capacity } : undefined;
  return {
    agentId,
    name,
    ...optional("avatarUrl", avatarUrl),
    status,
    activity,
    ...optional("since", since && timestamp(since)),
    ...optional("load", load),
  };
}

export function createAttentionService(
  repository: AttentionRepository,
  effective: Pick<EffectiveService, "circumstances">,
) {
  return {
    /** Returns the agents who need attention, by reason. */
    async find(actor: Actor, query: AttentionQuery, now: Date): Promise<Reply<Attention>> {
      const { teamIds, limit } = query;
      const circumstances = await effective.circumstances(actor, now.getTime());
      const hours = circumstances.hours.at(now.getTime());
      const { usesPresence, rows } = await repository.find(actor.workspaceId, { teamIds, limit, hours, now });
      const reasons = attentionReasons
        .filter((reason) => usesPresence || reason !== "notPresent")
        .map((reason) => {
          const found = rows.filter((row) => row.reason === reason);
          return {
            reason,
            total: found[0]?.total ?? 0,
            results: found.map(serialize),
          };
        });
      return { data: { at: now.toISOString(), reasons } };
    },
  };
}

export type AttentionService = ReturnType<typeof createAttentionService>;
