import type { AccessKey, AccessKeyDraft, NewAccessKey } from "@/lib/access-keys/contract";
import type { AccessKeyRepository } from "@/lib/access-keys/repository";
import { serializeAccessKey } from "@/lib/access-keys/serializer";
import type { Actor } from "@/lib/auth/permissions";
import type { Database } from "@/lib/db";
import { type Conditions, createEntityTags } from "@/lib/http/entity-tag";
import { ApiError, type ErrorDetails } from "@/lib/http/errors";
import type { PageTokens } from "@/lib/http/page-token";
import { pageByCreation } from "@/lib/http/paged";
import type { Reply } from "@/lib/http/reply";
import { type AccessKeyId, newId } from "@/lib/ids";
import type { RoleService } from "@/lib/roles/service";
import { hashAccessKey, newAccessKey } from "@/lib/security/access-keys";

interface Dependencies {
  db: Database;
  repository: AccessKeyRepository;
  roles: RoleService;
  pageTokens: PageTokens;
}

const tags = createEntityTags<AccessKey>("access key", ({ name }) => [name]);

/** Long-lived credentials of programs: made, listed, renamed, revoked. */
export function createAccessKeyService({ db, repository, roles, pageTokens }: Dependencies) {
  const notFound = () => new ApiError("AccessKeyNotFound", "There is no such access key in this workspace.");

  async function load(actor: Actor, id: AccessKeyId): Promise<AccessKey> {
    const row = await repository.find(actor.workspaceId, id);
    if (!row) throw notFound();
    return serializeAccessKey(row);
  }

  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        pageTokens,
        ["access-keys", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        serializeAccessKey,
      );
    },

    /** Throws `AccessKeyNotFound`. */
    async get(actor: Actor, id: AccessKeyId): Promise<Reply<AccessKey>> {
      return tags.reply(await load(actor, id));
    },

    /**
     * Makes a key. Throws `Forbidden` for a role that may do more than its maker, `InvalidAccessKey` for one that the
     * workspace doesn't have or for an end that has passed.
     */
    async create(actor: Actor, draft: AccessKeyDraft, now: Date): Promise<Reply<NewAccessKey>> {
      const key = newAccessKey();
      const row = await db.transaction(async () => {
        const granted = await roles.grantable(actor, [draft.roleId]);
        const details: ErrorDetails = {};
        if (granted.unknown.length > 0) details.roleId = ["is no role of this workspace."];
        if (draft.expiresAt && draft.expiresAt <= now) details.expiresAt = ["must lie in the future."];
        if (Object.keys(details).length > 0)
          throw new ApiError(
            "InvalidAccessKey",
            `Some values break a rule: check ${Object.keys(details).join(", ")}.`,
            { details },
          );
        return repository.insert(actor.workspaceId, {
          id: newId<AccessKeyId>(),
          name: draft.name,
          roleId: draft.roleId,
          keyHash: hashAccessKey(key),
          expiresAt: draft.expiresAt ?? null,
          now,
        });
      });
      const shown = serializeAccessKey(row);
      const location = `/api/workspaces/${actor.workspaceId}/access-keys/${row.id}`;
      return { ...tags.reply(shown, location), data: { ...shown, key } };
    },

    /** Throws `AccessKeyNotFound`, `PreconditionFailed`. */
    async rename(
      actor: Actor,
      id: AccessKeyId,
      change: { name?: string | undefined },
      { ifMatch, now }: Conditions,
    ): Promise<Reply<AccessKey>> {
      return await db.transaction(async () => {
        if (!(await repository.lock(actor.workspaceId, id))) throw notFound();
        await tags.require(ifMatch, () => load(actor, id));
        if (change.name !== undefined) await repository.rename(actor.workspaceId, id, change.name, now);
        return tags.reply(await load(actor, id));
      });
    },

    /** Refuses it from the next request on. Throws `AccessKeyNotFound`, `PreconditionFailed`. */
    async revoke(actor: Actor, id: AccessKeyId, ifMatch: string | undefined): Promise<void> {
      await db.transaction(async () => {
        if (!(await repository.lock(actor.workspaceId, id))) throw notFound();
        await tags.require(ifMatch, () => load(actor, id));
        await repository.delete(actor.workspaceId, id);
      });
    },
  };
}
