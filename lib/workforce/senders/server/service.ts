import type { Database } from "@/lib/platform/database/db";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Holders } from "@/lib/workforce/holders";
import type {
  SenderProfile,
  SenderProfileChange,
  SenderProfileDraft,
  SenderProfileUsage,
} from "@/lib/workforce/senders/contract";
import type { SenderRepository } from "@/lib/workforce/senders/server/repository";
import { serializeSenderProfile } from "@/lib/workforce/senders/server/serializer";

interface Dependencies {
  db: Database;
  repository: SenderRepository;
  agents: Holders;
  pageTokens: PageTokens;
}

const tags = createEntityTags<SenderProfile, SenderProfileChange>("sender profile", {
  id: "readOnly",
});

export function createSenderService({ db, repository, agents, pageTokens }: Dependencies) {
  const collection = createCollection({
    noun: "sender profile",
    notFound: "SenderProfileNotFound",
    path: "inbox/sender-profiles",
    tags,
    find: repository.find,
    serialize: serializeSenderProfile,
  });
  const { found, load } = collection;

  return {
    list: collection.lister(pageTokens, repository.list, serializeSenderProfile),

    /** Throws `SenderProfileNotFound`. */
    get: collection.get,

    async create(actor: Actor, draft: SenderProfileDraft, now: Date): Promise<Reply<SenderProfile>> {
      const id = newId();
      const data = await db.transaction(async () => {
        await repository.insert(
          actor.workspaceId,
          id,
          {
            name: draft.name,
            emailUsername: draft.email.username,
            emailDomain: draft.email.domain,
            signature: draft.signature ?? null,
          },
          now,
        );
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /** Throws `SenderProfileNotFound` or `PreconditionFailed`. */
    async change(
      actor: Actor,
      id: string,
      change: SenderProfileChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<SenderProfile>> {
      return await db.transaction(async () => {
        found(await repository.lock(actor.workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        if (Object.keys(change).length > 0)
          await repository.update(
            actor.workspaceId,
            id,
            given({
              name: change.name,
              emailUsername: change.email?.username,
              emailDomain: change.email?.domain,
              signature: change.signature,
            }),
            now,
          );
        return tags.reply(await load(actor, id));
      });
    },

    /**
     * Deletes a profile; agents with it have no default sender afterwards. Throws `SenderProfileNotFound` or
     * `PreconditionFailed`.
     */
    async delete(actor: Actor, id: string, { ifMatch, now }: Conditions): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        await agents.lockHolders(actor, { kind: "sender", id });
        found(await repository.lock(actor.workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        await agents.letGo(actor, { kind: "sender", id }, now);
        await repository.delete(actor.workspaceId, id);
      });
      return { data: undefined };
    },

    /** Throws `SenderProfileNotFound`. */
    usage: async (actor: Actor, id: string): Promise<SenderProfileUsage> =>
      found(await repository.usage(actor.workspaceId, id)),
  };
}

export type SenderService = ReturnType<typeof createSenderService>;
