import type { Actor } from "@/lib/auth/permissions";
import { ApiError } from "@/lib/http/errors";
import type { PageTokens } from "@/lib/http/page-token";
import { pageByCreation } from "@/lib/http/paged";
import { timestamp } from "@/lib/http/wire";
import type { TeamWithMembers } from "@/lib/teams/contract";
import type { TeamRepository } from "@/lib/teams/repository";
import { serializeTeam } from "@/lib/teams/serializer";

/** Teams of a workspace. */
export function createTeamService(repository: TeamRepository, tokens: PageTokens) {
  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        tokens,
        ["teams", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        serializeTeam,
      );
    },

    /** A team with its members. Throws `TeamNotFound`. */
    async get(actor: Actor, id: string): Promise<TeamWithMembers> {
      const row = await repository.find(actor.workspaceId, id);
      if (!row) throw new ApiError("TeamNotFound", "There is no such team in this workspace.");
      return {
        ...serializeTeam(row),
        members: row.members.map((member) => ({ ...member, memberSince: timestamp(member.memberSince) })),
      };
    },
  };
}
