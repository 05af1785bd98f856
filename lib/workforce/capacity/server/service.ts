import { agentNotFound, resolveAgent, unknownAgents } from "@/lib/access/auth/server/agent-reference";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { type AgentId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";
import type {
  CapacityRule,
  CapacityRuleChange,
  CapacityRuleDraft,
  CapacityRuleUsage,
} from "@/lib/workforce/capacity/contract";
import type { CapacityRepository, CapacityRuleColumns } from "@/lib/workforce/capacity/server/repository";
import { type CapacityRuleRow, serializeRule } from "@/lib/workforce/capacity/server/serializer";

interface Dependencies {
  db: Database;
  repository: CapacityRepository;
  pageTokens: PageTokens;
  audit: Pick<AuditService, "record">;
}

const tags = createEntityTags<CapacityRule, CapacityRuleChange>("capacity rule", {
  id: "readOnly",
  workspaceId: "readOnly",
  assignedAgentIds: (agentIds) => agentIds,
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

export function createCapacityService({ db, repository, pageTokens, audit }: Dependencies) {
  const collection = createCollection({
    noun: "capacity rule",
    notFound: "CapacityRuleNotFound",
    path: "inbox/capacity",
    tags,
    find: repository.find,
    serialize,
  });
  const { found, load } = collection;

  function requireKnown(agentIds: readonly AgentId[], known: ReadonlySet<string>): void {
    const details: ErrorDetails = unknownAgents("agents", agentIds, known);
    if (Object.keys(details).length > 0)
      throw new ApiError("InvalidCapacityRule", "Some agents are not in this workspace. Check agents.", {
        details,
      });
  }

  return {
    list: collection.lister(pageTokens, repository.list, serialize),

    /** Throws `CapacityRuleNotFound`. */
    get: collection.get,

    /** Throws `InvalidCapacityRule` or `DefaultCapacityRuleAlreadyExists`. */
    async create(actor: Actor, draft: CapacityRuleDraft, now: Date): Promise<Reply<CapacityRule>> {
      const { workspaceId } = actor;
      const { agents } = draft;
      const id = newId();
      const data = await db.transaction(async () => {
        if (agents.length > 0) requireKnown(agents, await repository.lockAgents(workspaceId, agents));
        await repository.insert(
          workspaceId,
          id,
          {
            name: draft.name,
            description: draft.description,
            isDefault: draft.default,
            messagingCapacity: draft.capacity.messaging,
            emailCapacity: draft.capacity.email,
          },
          now,
        );
        if (agents.length > 0) await repository.assign(workspaceId, id, agents, now);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /**
     * Throws `CapacityRuleNotFound`, `PreconditionFailed`, `InvalidCapacityRule` or
     * `DefaultCapacityRuleAlreadyExists`.
     */
    async change(
      actor: Actor,
      id: string,
      change: CapacityRuleChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<CapacityRule>> {
      const { workspaceId } = actor;
      const { agents } = change;
      return await db.transaction(async () => {
        const known = agents && (await repository.lockAgents(workspaceId, agents, id));
        found(await repository.lock(workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        if (agents && known) {
          requireKnown(agents, known);
          await repository.assign(workspaceId, id, agents, now);
        }
        if (Object.keys(change).length > 0) await repository.update(workspaceId, id, columnsOf(change), now);
        return tags.reply(await load(actor, id));
      });
    },

    /**
     * Deletes a rule; its agents fall back to the default. Throws `CapacityRuleNotFound`,
     * `PreconditionFailed`, or `DefaultCapacityRuleAlreadyExists` for the default itself.
     */
    async delete(actor: Actor, id: string, { ifMatch, now }: Conditions): Promise<Reply<undefined>> {
      const { workspaceId } = actor;
      await db.transaction(async () => {
        await repository.lockAgents(workspaceId, [], id);
        const rule = found(await repository.lock(workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        if (rule.isDefault)
          throw new ApiError(
            "DefaultCapacityRuleAlreadyExists",
            "The default rule can't be deleted. Set default: false first.",
          );
        await repository.assign(workspaceId, id, [], now);
        await repository.delete(workspaceId, id);
      });
      return { data: undefined };
    },

    /**
     * Assigns the rule to one agent, replacing their previous rule, or removes it if they have it. Throws
     * `CapacityRuleNotFound` or `AgentNotFound`.
     */
    async setAgent(
      actor: Actor,
      id: string,
      reference: AgentReference,
      isAssigned: boolean,
      now: Date,
    ): Promise<Reply<undefined>> {
      const { workspaceId } = actor;
      const agentId = resolveAgent(actor, reference);
      await db.transaction(async () => {
        const known = await repository.lockAgents(workspaceId, [agentId]);
        const locked = found(await repository.lock(workspaceId, id));
        if (!known.has(agentId)) throw agentNotFound();
        if (!(await repository.setAgent(workspaceId, id, agentId, isAssigned, now))) return;
        const target = { type: "capacityRule", id, name: locked.name } as const;
        const details = { fields: ["assignedAgentIds"], agentId, isAssigned };
        await audit.record(actor, { action: "capacityRule.changed", target, details }, now);
      });
      return { data: undefined };
    },

    /** Throws `CapacityRuleNotFound`. */
    usage: async (actor: Actor, id: string): Promise<CapacityRuleUsage> =>
      found(await repository.usage(actor.workspaceId, id)),
  };
}

const serialize = (row: CapacityRuleRow & { workspaceId: string; agents: { agentId: string }[] }) =>
  serializeRule(
    row,
    row.workspaceId,
    row.agents.map((agent) => agent.agentId),
  );

function columnsOf(change: CapacityRuleChange): Partial<CapacityRuleColumns> {
  return given({
    name: change.name,
    description: change.description,
    isDefault: change.default,
    messagingCapacity: change.capacity?.messaging,
    emailCapacity: change.capacity?.email,
  });
}

export type CapacityService = ReturnType<typeof createCapacityService>;
