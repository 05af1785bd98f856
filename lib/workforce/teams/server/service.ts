import { agentNotFound, resolveAgent, unknownAgents } from "@/lib/access/auth/server/agent-reference";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given, timestamp } from "@/lib/platform/http/wire";
import { type AgentId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";
import type { RoutingUses } from "@/lib/workforce/routing";
import type { TeamChange, TeamDraft, TeamUsage, TeamWithMembers } from "@/lib/workforce/teams/contract";
import type { TeamRepository } from "@/lib/workforce/teams/server/repository";
import { serializeTeam } from "@/lib/workforce/teams/server/serializer";

interface Dependencies {
  db: Database;
  repository: TeamRepository;
  pageTokens: PageTokens;
  audit: Pick<AuditService, "record">;
  routing: RoutingUses;
}

const tags = createEntityTags<TeamWithMembers, TeamChange>("team", {
  id: "readOnly",
  workspaceId: "readOnly",
  members: (members) => members.map(({ agentId }) => agentId),
  activeMemberCount: "readOnly",
  pendingMemberCount: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

export function createTeamService({ db, repository, pageTokens, audit, routing }: Dependencies) {
  const collection = createCollection({
    noun: "team",
    notFound: "TeamNotFound",
    path: "teams",
    tags,
    find: repository.find,
    serialize: (row) => ({
      ...serializeTeam(row),
      members: row.members.map((member) => ({ ...member, memberSince: timestamp(member.memberSince) })),
    }),
  });
  const { found, load } = collection;

  function requireKnown(agentIds: readonly AgentId[], known: ReadonlySet<string>): void {
    const details: ErrorDetails = unknownAgents("agentIds", agentIds, known);
    if (Object.keys(details).length > 0)
      throw new ApiError("InvalidTeam", "Some agents are not in this workspace. Check agentIds.", {
        details,
      });
  }

  return {
    list: collection.lister(pageTokens, repository.list, serializeTeam),

    /** Returns a team with its members. Throws `TeamNotFound`. */
    get: collection.get,

    /** Throws `InvalidTeam`. */
    async create(actor: Actor, draft: TeamDraft, now: Date): Promise<Reply<TeamWithMembers>> {
      const { workspaceId } = actor;
      const { agentIds, description = null, ...columns } = draft;
      const id = newId();
      const data = await db.transaction(async () => {
        if (agentIds.length > 0) requireKnown(agentIds, await repository.lockAgents(workspaceId, agentIds));
        await repository.insert(workspaceId, id, { ...columns, description }, now);
        if (agentIds.length > 0) await repository.setMembers(workspaceId, id, agentIds, now);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /** Throws `TeamNotFound`, `PreconditionFailed` or `InvalidTeam`. */
    async change(
      actor: Actor,
      id: string,
      change: TeamChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<TeamWithMembers>> {
      const { workspaceId } = actor;
      const { agentIds, ...rest } = change;
      return await db.transaction(async () => {
        const known = agentIds && (await repository.lockAgents(workspaceId, agentIds, id));
        found(await repository.lock(workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        if (agentIds && known) {
          requireKnown(agentIds, known);
          await repository.setMembers(workspaceId, id, agentIds, now);
        }
        if (Object.keys(change).length > 0) await repository.update(workspaceId, id, given(rest), now);
        return tags.reply(await load(actor, id));
      });
    },

    /** Deletes a team and its memberships. Throws `TeamNotFound`, `PreconditionFailed` or `TeamInUse`. */
    async delete(actor: Actor, id: string, ifMatch: string | undefined): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        await repository.lockAgents(actor.workspaceId, [], id);
        found(await repository.lock(actor.workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        await routing.requireNotOnlyTeam(actor.workspaceId, id);
        await repository.delete(actor.workspaceId, id);
      });
      return { data: undefined };
    },

    /** Adds or removes one member. Throws `TeamNotFound` or `AgentNotFound`. */
    async setMember(
      actor: Actor,
      id: string,
      reference: AgentReference,
      isMember: boolean,
      now: Date,
    ): Promise<Reply<undefined>> {
      const { workspaceId } = actor;
      const agentId = resolveAgent(actor, reference);
      await db.transaction(async () => {
        const known = await repository.lockAgents(workspaceId, [agentId]);
        const locked = found(await repository.lock(workspaceId, id));
        if (!known.has(agentId)) throw agentNotFound();
        if (!(await repository.setMember(workspaceId, id, agentId, isMember, now))) return;
        const target = { type: "team", id, name: locked.name } as const;
        const details = { fields: ["members"], agentId, isMember };
        await audit.record(actor, { action: "team.changed", target, details }, now);
      });
      return { data: undefined };
    },

    /** Throws `TeamNotFound`. */
    async usage(actor: Actor, id: string): Promise<TeamUsage> {
      const usage = found(await repository.usage(actor.workspaceId, id));
      return { ...usage, ...(await routing.ofTeam(actor.workspaceId, id)) };
    },
  };
}

export type TeamService = ReturnType<typeof createTeamService>;
