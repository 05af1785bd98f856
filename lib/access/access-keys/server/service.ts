import type {
  AccessKey,
  AccessKeyChange,
  AccessKeyDraft,
  NewAccessKey,
} from "@/lib/access/access-keys/contract";
import type { AccessKeyRepository } from "@/lib/access/access-keys/server/repository";
import { serializeAccessKey } from "@/lib/access/access-keys/server/serializer";
import type { Authority } from "@/lib/access/roles/server/authority";
import type { NamedRole, RoleService } from "@/lib/access/roles/server/service";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { optional } from "@/lib/platform/http/wire";
import { type AccessKeyId, newId } from "@/lib/platform/ids";
import { hashAccessKey, newAccessKey } from "@/lib/platform/security/access-keys";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";

interface Dependencies {
  db: Database;
  repository: AccessKeyRepository;
  roles: RoleService;
  authority: Authority;
  audit: AuditService;
  pageTokens: PageTokens;
}

const tags = createEntityTags<AccessKey, AccessKeyChange>("access key", {
  id: "readOnly",
  roleId: "readOnly",
  expiresAt: "readOnly",
  lastUsedAt: "readOnly",
  createdAt: "readOnly",
});

/** Manages access keys, the long-lived credentials of programs. */
export function createAccessKeyService({
  db,
  repository,
  roles,
  authority,
  audit,
  pageTokens,
}: Dependencies) {
  const collection = createCollection({
    noun: "access key",
    notFound: "AccessKeyNotFound",
    path: "access-keys",
    tags,
    find: repository.find,
    serialize: serializeAccessKey,
  });
  const { found, load } = collection;

  /**
   * Locks a key and checks that it has no permission that the actor lacks. Throws `AccessKeyNotFound` or
   * `Forbidden`.
   */
  async function requireOver(
    actor: Actor,
    id: AccessKeyId,
    now: Date,
  ): Promise<{ key: AccessKey; role: NamedRole | undefined }> {
    const changer = await authority.begin(actor, "keys.write", now);
    found(await repository.lock(actor.workspaceId, id));
    const key = await load(actor, id);
    const [role] = await roles.requireOver(changer, [key.roleId], "This access key has");
    return { key, role };
  }

  return {
    list: collection.lister(pageTokens, repository.list, serializeAccessKey),

    /** Throws `AccessKeyNotFound`. */
    get: collection.get,

    /**
     * Creates a key. Throws `Forbidden` if its role has permissions that the actor lacks, and
     * `InvalidAccessKey` for an unknown role or a past expiry.
     */
    async create(actor: Actor, draft: AccessKeyDraft, now: Date): Promise<Reply<NewAccessKey>> {
      const key = newAccessKey();
      const row = await db.transaction(async () => {
        const maker = await authority.begin(actor, "keys.write", now);
        const granted = await roles.grantable(maker, [draft.roleId]);
        const details: ErrorDetails = {};
        if (granted.unknown.length > 0) details.roleId = ["is not a role in this workspace."];
        if (draft.expiresAt && draft.expiresAt <= now) details.expiresAt = ["must be in the future."];
        if (Object.keys(details).length > 0)
          throw new ApiError(
            "InvalidAccessKey",
            `Some values are not valid. Check ${Object.keys(details).join(", ")}.`,
            { details },
          );
        const made = await repository.insert(actor.workspaceId, {
          id: newId<AccessKeyId>(),
          name: draft.name,
          roleId: draft.roleId,
          keyHash: hashAccessKey(key),
          expiresAt: draft.expiresAt ?? null,
          now,
        });
        await audit.record(
          actor,
          {
            action: "accessKey.created",
            target: { type: "accessKey", id: made.id, name: made.name },
            details: { role: granted.roles[0], ...optional("expiresAt", draft.expiresAt) },
          },
          now,
        );
        return made;
      });
      const shown = serializeAccessKey(row);
      return { ...collection.created(actor, shown), data: { ...shown, key } };
    },

    /**
     * Throws `AccessKeyNotFound`, `Forbidden` (key with permissions that the actor lacks) or
     * `PreconditionFailed`.
     */
    async rename(
      actor: Actor,
      id: AccessKeyId,
      { name }: { name?: string | undefined },
      { ifMatch, now }: Conditions,
    ): Promise<Reply<AccessKey>> {
      return await db.transaction(async () => {
        const { key } = await requireOver(actor, id, now);
        await tags.require(ifMatch, async () => key);
        if (name === undefined || name === key.name) return tags.reply(key);
        await repository.rename(actor.workspaceId, id, name, now);
        const target = { type: "accessKey", id, name } as const;
        const details = { name: { before: key.name, after: name } };
        await audit.record(actor, { action: "accessKey.changed", target, details }, now);
        return tags.reply(await load(actor, id));
      });
    },

    /**
     * Deletes a key, which takes effect with the next request. Throws `AccessKeyNotFound`, `Forbidden` (key
     * with permissions that the actor lacks) or `PreconditionFailed`.
     */
    async revoke(actor: Actor, id: AccessKeyId, { ifMatch, now }: Conditions): Promise<void> {
      await db.transaction(async () => {
        const { key, role } = await requireOver(actor, id, now);
        await tags.require(ifMatch, async () => key);
        await repository.delete(actor.workspaceId, id);
        const target = { type: "accessKey", id, name: key.name } as const;
        await audit.record(actor, { action: "accessKey.revoked", target, details: { role } }, now);
      });
    },
  };
}

export type AccessKeyService = ReturnType<typeof createAccessKeyService>;
