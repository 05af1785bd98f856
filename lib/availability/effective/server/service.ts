import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type {
  AvailabilityExplanation,
  AvailabilityPolicyAnswer,
  AvailabilityPolicyChange,
  PolicyPreview,
} from "@/lib/availability/effective/contract";
import { effectiveAvailability, horizonMs } from "@/lib/availability/effective/rules";
import { previewPolicies } from "@/lib/availability/effective/server/preview";
import type { EffectiveRepository } from "@/lib/availability/effective/server/repository";
import {
  factsOf,
  policyOf,
  serializeExplanation,
  serializePolicy,
} from "@/lib/availability/effective/server/serializer";
import type { Channel } from "@/lib/availability/effective/values";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
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

/** Times this shortly ago count as now, so that a caller's clock may be slow. */
const SKEW_MS = 60_000;

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

    /** Counts what a change of the policy would do at `now`; saves nothing. */
    async previewPolicy(actor: Actor, change: AvailabilityPolicyChange, now: Date): Promise<PolicyPreview> {
      const { workspaceId } = actor;
      const before = policyOf(await repository.findPolicy(workspaceId));
      return await previewPolicies(
        repository,
        workspaceId,
        { before, after: { ...before, ...given(change) } },
        now,
      );
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
      const present = now.getTime();
      const asked = at ?? present;
      if (asked < present - SKEW_MS || asked > present + horizonMs)
        throw new ApiError("InvalidQuery", "The time is out of range. Check at.", {
          details: { at: ["must be from now to 400 days ahead."] },
        });
      const row = await repository.findFacts(actor.workspaceId, resolveAgent(actor, reference));
      if (!row) throw agentNotFound();
      const instant = Math.max(asked, present);
      return serializeExplanation(
        row,
        instant,
        effectiveAvailability(factsOf(row), policyOf(row), instant),
        channel,
      );
    },
  };
}

export type EffectiveService = ReturnType<typeof createEffectiveService>;
