import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type {
  AvailabilityExplanation,
  AvailabilityPolicyAnswer,
  AvailabilityPolicyChange,
  PolicyPreview,
} from "@/lib/availability/effective/contract";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import type { AvailabilityFacts } from "@/lib/availability/effective/facts";
import { effectiveAvailability, verdictsAt } from "@/lib/availability/effective/rules";
import { rowThen } from "@/lib/availability/effective/server/past";
import type { EffectiveRepository } from "@/lib/availability/effective/server/repository";
import {
  type AgentFactsRow,
  factsOf,
  policyOf,
  serializeExplanation,
  serializePolicy,
  serializeVerdicts,
} from "@/lib/availability/effective/server/serializer";
import { timeAsked } from "@/lib/availability/effective/server/time";
import type { Circumstances } from "@/lib/availability/effective/server/verdict.sql";
import type { Channel } from "@/lib/availability/effective/values";
import type { AgentVerdicts } from "@/lib/availability/effective/verdicts-contract";
import type { Database } from "@/lib/platform/database/db";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import type { AgentId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";

interface Dependencies {
  db: Database;
  repository: EffectiveRepository;
  audit: Pick<AuditService, "record">;
}

/** Agents of the past that are read at once. */
const BATCH = 2_000;

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
      const circumstances = await repository.findCircumstances(workspaceId);
      const count = (policy: AvailabilityPolicy) =>
        repository.countOpen(workspaceId, {
          ...circumstances,
          policy,
          at: now.getTime(),
          now: now.getTime(),
        });
      const before = await count(circumstances.policy);
      const after = await count({ ...circumstances.policy, ...given(change) });
      const both = (channel: Channel) => ({ before: before[channel], after: after[channel] });
      return {
        at: now.toISOString(),
        agents: after.agents,
        channels: { messaging: both("messaging"), email: both("email"), voice: both("voice") },
      };
    },

    /** Returns what answers about all agents of the workspace depend on. */
    circumstances(actor: Actor): Promise<Circumstances> {
      return repository.findCircumstances(actor.workspaceId);
    },

    /** Yields batches of agents with their facts at an earlier time (epoch milliseconds), in the order of ids. */
    async *pastFacts(
      actor: Actor,
      at: number,
      agentIds: readonly string[] | undefined,
    ): AsyncGenerator<{ id: string; facts: AvailabilityFacts; policy: AvailabilityPolicy }[]> {
      for (let after = {}; ; ) {
        const rows = await repository.findPast(actor.workspaceId, at, { agentIds, limit: BATCH, ...after });
        yield rows.map((row) => ({
          id: row.id,
          facts: factsOf(rowThen(row, at), at),
          policy: policyOf(row),
        }));
        const last = rows.at(-1);
        if (!last || rows.length < BATCH) return;
        after = { after: last.id };
      }
    },

    /** Returns what closes each channel of these agents now. Leaves out agents that do not exist. */
    async verdicts(actor: Actor, agentIds: readonly AgentId[], now: Date): Promise<AgentVerdicts> {
      const at = now.getTime();
      const rows = await repository.findFacts(actor.workspaceId, agentIds);
      return {
        at: now.toISOString(),
        results: rows.map((row) => serializeVerdicts(row, verdictsAt(factsOf(row, at), policyOf(row), at))),
      };
    },

    /**
     * Explains what an agent can take at a time. Throws `AgentNotFound`, also for a time before the agent existed,
     * and `InvalidQuery` for a time beyond 400 days.
     */
    async explain(
      actor: Actor,
      reference: AgentReference,
      { at: asked, channel }: { at?: number | undefined; channel?: Channel | undefined },
      now: Date,
    ): Promise<AvailabilityExplanation> {
      const at = timeAsked(asked, now);
      const isPast = at < now.getTime();
      const agentId = resolveAgent(actor, reference);
      const [row] = isPast
        ? await factsThen(actor, agentId, at)
        : await repository.findFacts(actor.workspaceId, [agentId]);
      if (!row) throw agentNotFound();
      const facts = factsOf(row, isPast ? at : now.getTime());
      return serializeExplanation(row, at, effectiveAvailability(facts, policyOf(row), at), channel);
    },
  };

  async function factsThen(actor: Actor, agentId: AgentId, at: number): Promise<AgentFactsRow[]> {
    const rows = await repository.findPast(actor.workspaceId, at, { agentIds: [agentId], limit: 1 });
    return rows.map((row) => rowThen(row, at));
  }
}

export type EffectiveService = ReturnType<typeof createEffectiveService>;
