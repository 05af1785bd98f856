import { unauthorized } from "@/lib/access/auth/server/unauthorized";
import type { Membership, User } from "@/lib/access/people/contract";
import type { PeopleDependencies } from "@/lib/access/people/server/dependencies";
import { type Members, tags } from "@/lib/access/people/server/members";
import { serializeMembership, serializeUser } from "@/lib/access/people/server/serializer";
import { pageByCreation } from "@/lib/platform/http/server/paged";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { UserId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

export function createReads({ repository, pageTokens }: PeopleDependencies, { load }: Members) {
  return {
    /** Returns the actor's own membership. Throws `Unauthorized` if they were removed during the request. */
    async membership(actor: Actor): Promise<Membership> {
      if (actor.kind === "accessKey") return serializeMembership(actor, undefined);
      const row = await repository.find(actor.workspaceId, actor.id);
      if (!row) throw unauthorized("This sign-in is no longer valid. Sign in again.");
      return serializeMembership(actor, row);
    },

    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        pageTokens,
        ["users", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        serializeUser,
      );
    },

    /** Throws `UserNotFound`. */
    async get(actor: Actor, id: UserId): Promise<Reply<User>> {
      return tags.reply(serializeUser(await load(actor, id)));
    },

    /** Returns the ids of agents whose person is suspended. */
    suspendedAgents(actor: Actor): Promise<string[]> {
      return repository.suspendedAgents(actor.workspaceId);
    },
  };
}
