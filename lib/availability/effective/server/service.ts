import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type {
  AvailabilityExplanation,
  AvailabilityPolicyAnswer,
  AvailabilityPolicyChange,
} from "@/lib/availability/effective/contract";
import { effectiveAvailability } from "@/lib/availability/effective/rules";
import type { EffectiveRepository } from "@/lib/availability/effective/server/repository";
import {
  factsOf,
  policyOf,
  serializeExplanation,
  serializePolicy,
} from "@/lib/availability/effective/server/serializer";
import { timeAsked } from "@/lib/availability/effective/server/time";
import type { Circumstances } from "@/lib/availability/effective/server/verdict.sql";
import type { Channel } from "@/lib/availability/effective/values";
import type { Database } from "@/lib/platform/database/db";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";

interface Dependencies {
  db: Database;
  repository: EffectiveRepository;
  audit: Pick<AuditService, "record">;
}

const tags = createEntityTags<AvailabilityPolicyAnswer>(
  "availability policy",
  ({ updatedAt: _, ...policy }) => Object.entries(policy).toSorted(),
);

export function createEffectiveService({ db, repository, audit }: Dependencies) {
  const load = async (actor: Actor) => serializePolicy(await repository.findPolicy(actor.workspaceId));

  return {
    async getPolicy(actor: Actor): Promise<Reply<AvailabilityPolicyAnswer>> {
      return tags.reply(await load(actor));
    },

    /** Throws `PreconditionFailed`. */
    async changePolicy(
      actor: Actor,
      change: AvailabilityPolicyChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<AvailabilityPolicyAnswer>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        await repository.lockPolicy(workspaceId);
        const before = await load(actor);
        await tags.require(ifMatch, async () => before);
        const wanted = given(change);
        const fields = (Object.keys(wanted) as (keyof AvailabilityPolicyChange)[]).filter(
          (name) => !isSame(before[name], wanted[name]),
        );
        if (fields.length === 0) return tags.reply(before);
        const { updatedAt: _, ...policy } = { ...before, ...wanted };
        await repository.savePolicy(workspaceId, policy, now);
        const target = { type: "availabilityPolicy", id: workspaceId } as const;
        await audit.record(actor, { action: "availabilityPolicy.changed", target, details: { fields } }, now);
        return tags.reply(await load(actor));
      });
    },

    /** Returns what answers about all agents of the workspace depend on. */
    circumstances(actor: Actor): Promise<Circumstances> {
      return repository.findCircumstances(actor.workspaceId);
    },

    /**
     * Explains what an agent can take at a time. Throws `AgentNotFound`, and `InvalidQuery` for a time before
     * now or more than 400 days ahead.
     */
    async explain(
      actor: Actor,
      reference: AgentReference,
      { at, channel }: { at?: number | undefined; channel?: Channel | undefined },
      now: Date,
    ): Promise<AvailabilityExplanation> {
      const instant = Math.max(timeAsked(at, now), now.getTime());
      const row = await repository.findFacts(actor.workspaceId, resolveAgent(actor, reference));
      if (!row) throw agentNotFound();
      return serializeExplanation(
        row,
        instant,
        effectiveAvailability(factsOf(row, now.getTime()), policyOf(row), instant),
        channel,
      );
    },
  };
}

export type EffectiveService = ReturnType<typeof createEffectiveService>;
