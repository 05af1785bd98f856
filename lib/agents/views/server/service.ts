import { type SavedView, type ViewChange, type ViewDraft, viewLimit } from "@/lib/agents/views/contract";
import type { Owner, ViewRepository } from "@/lib/agents/views/server/repository";
import { serializeView } from "@/lib/agents/views/server/serializer";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { newId, type ViewId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";

const tags = createEntityTags<SavedView, ViewChange>("view", {
  id: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

/** Saved views: list pages with filters, private to each person. */
export function createViewService(db: Database, repository: ViewRepository) {
  function ownerOf(actor: Actor): Owner {
    if (actor.kind !== "user")
      throw new ApiError(
        "Forbidden",
        "Views belong to people, not to access keys. Sign in, or send a token.",
      );
    return { workspaceId: actor.workspaceId, userId: actor.id };
  }

  const notFound = () => new ApiError("ViewNotFound", "You have no view with this id in this workspace.");

  async function load(owner: Owner, id: ViewId): Promise<SavedView> {
    const row = await repository.find(owner, id);
    if (!row) throw notFound();
    return serializeView(row);
  }

  return {
    /** Lists the actor's views by name. Like every method here, throws `Forbidden` for access keys. */
    async list(actor: Actor): Promise<{ results: SavedView[] }> {
      const rows = await repository.list(ownerOf(actor));
      // By code point, like agents, so that the order does not depend on the database's collation.
      rows.sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1));
      return { results: rows.map(serializeView) };
    },

    /** Throws `ViewNotFound`, also for another person's view. */
    async get(actor: Actor, id: ViewId): Promise<Reply<SavedView>> {
      return tags.reply(await load(ownerOf(actor), id));
    },

    /** Throws `InvalidView` if the actor has too many views, or `ViewAlreadyExists`. */
    async create(actor: Actor, draft: ViewDraft, now: Date): Promise<Reply<SavedView>> {
      const owner = ownerOf(actor);
      const row = await db.transaction(async () => {
        if ((await repository.count(owner)) >= viewLimit)
          throw new ApiError(
            "InvalidView",
            `You already have ${viewLimit} views, which is the maximum. Delete one first.`,
            {
              details: {
                "": [`must not exceed the maximum of ${viewLimit} views. Delete one first.`],
              },
            },
          );
        return await repository.insert(owner, newId<ViewId>(), draft, now);
      });
      return tags.reply(serializeView(row), `/api/workspaces/${owner.workspaceId}/views/${row.id}`);
    },

    /** Throws `ViewNotFound`, `PreconditionFailed`, `ViewAlreadyExists`. */
    async change(
      actor: Actor,
      id: ViewId,
      change: ViewChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<SavedView>> {
      const owner = ownerOf(actor);
      return await db.transaction(async () => {
        if (!(await repository.lock(owner, id))) throw notFound();
        const before = await load(owner, id);
        await tags.require(ifMatch, async () => before);
        if (isSame(before, { ...before, ...given(change) })) return tags.reply(before);
        await repository.update(owner, id, given(change), now);
        return tags.reply(await load(owner, id));
      });
    },

    /** Throws `ViewNotFound`, `PreconditionFailed`. */
    async delete(actor: Actor, id: ViewId, ifMatch: string | undefined): Promise<void> {
      const owner = ownerOf(actor);
      await db.transaction(async () => {
        if (!(await repository.lock(owner, id))) throw notFound();
        await tags.require(ifMatch, () => load(owner, id));
        await repository.delete(owner, id);
      });
    },
  };
}

export type ViewService = ReturnType<typeof createViewService>;
