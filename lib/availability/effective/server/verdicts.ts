import { verdictsAt } from "@/lib/availability/effective/rules";
import type { EffectiveRepository } from "@/lib/availability/effective/server/repository";
import { factsOf, policyOf } from "@/lib/availability/effective/server/serializer";
import { type AgentVerdicts, listVerdicts } from "@/lib/availability/effective/verdicts-contract";
import { routeWith } from "@/lib/platform/http/server/route";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

export function createVerdictService(repository: Pick<EffectiveRepository, "findFactsOf">) {
  return {
    /** Returns what closes each channel of these agents now. Leaves out agents that do not exist. */
    async list(actor: Actor, agentIds: readonly AgentId[], now: Date): Promise<AgentVerdicts> {
      const rows = await repository.findFactsOf(actor.workspaceId, agentIds);
      const at = now.getTime();
      const results = rows.map((row) => {
        const { messaging, email, voice } = verdictsAt(factsOf(row, at), policyOf(row), at);
        return {
          agentId: row.id,
          closedBy: {
            messaging: [...messaging.closedBy],
            email: [...email.closedBy],
            voice: [...voice.closedBy],
          },
        };
      });
      return { at: now.toISOString(), results };
    },
  };
}

export type VerdictService = ReturnType<typeof createVerdictService>;

const route = routeWith<{ verdicts: VerdictService }>();

export const verdictRoutes = [
  route(listVerdicts, async ({ actor, query, now }, { verdicts }) => ({
    data: await verdicts.list(actor, query.agentIds, now),
  })),
];
