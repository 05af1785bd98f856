import { agentNotFound, resolveAgent, unknownAgents } from "@/lib/access/auth/server/agent-reference";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import { pageByCreation } from "@/lib/platform/http/server/paged";
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
  const notFound = () =>
    new ApiError("CapacityRuleNotFound", "No capacity rule with this id exists in this workspace.");

  const serialize = (actor: Actor, row: CapacityRuleRow & { agents: { agentId: string }[] }) =>
    serializeRule(
      row,
      actor.workspaceId,
      row.agents.map((agent) => agent.agentId),
    );

  async function load(actor: Actor, id: string): Promise<CapacityRule> {
    const row = await repository.find(actor.workspaceId, id);
    if (!row) throw notFound();
    return serialize(actor, row);
  }

  function requireKnown(agentIds: readonly AgentId[], known: ReadonlySet<string>): void {
    const details: ErrorDetails = unknownAgents("agents", agentIds, known);
    if (Object.keys(details).length > 0)
      throw new ApiError("InvalidCapacityRule", "Some agents are not in this workspace. Check agents.", {
        details,
      });
  }

  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        pageTokens,
        ["capacity", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        (row) => serialize(actor, row),
      );
    },

    /** Throws `CapacityRuleNotFound`. */
    async get(actor: Actor, id: string): Promise<Reply<CapacityRule>> {
      return tags.reply(await load(actor, id));
    },

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
      return tags.reply(data, `/api/workspaces/${workspaceId}/inbox/capacity/${id}`);
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
        if (!(await repository.lock(workspaceId, id))) throw notFound();
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
        const rule = await repository.lock(workspaceId, id);
        if (!rule) throw notFound();
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
        const locked = await repository.lock(workspaceId, id);
        if (!locked) throw notFound();
        if (!known.has(agentId)) throw agentNotFound();
        if (!(await repository.setAgent(workspaceId, id, agentId, isAssigned, now))) return;
        const target = { type: "capacityRule", id, name: locked.name } as const;
        const details = { fields: ["assignedAgentIds"], agentId, isAssigned };
        await audit.record(actor, { action: "capacityRule.changed", target, details }, now);
      });
      return { data: undefined };
    },

    /** Throws `CapacityRuleNotFound`. */
    async usage(actor: Actor, id: string): Promise<CapacityRuleUsage> {
      const usage = await repository.usage(actor.workspaceId, id);
      if (!usage) throw notFound();
      return usage;
    },
  };
}

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
