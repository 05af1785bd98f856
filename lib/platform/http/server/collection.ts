import { ApiError, type ErrorCode } from "@/lib/platform/http/errors";
import type { EntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import { type CreationPage, type FoundPage, pageByCreation } from "@/lib/platform/http/server/paged";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

type Found<T> = T | null | undefined | false;

interface Definition<Id extends string, Row, Data extends { id: string }> {
  /** What error messages call an item. */
  noun: string;
  notFound: ErrorCode;
  /** The path below the workspace's, such as `teams`. Page tokens are bound to it, too. */
  path: string;
  tags: EntityTags<Data>;
  find: (workspaceId: AuthorizedWorkspaceId, id: Id) => Promise<Found<Row>>;
  serialize: (row: Row) => Data;
}

/** What services of a workspace's resources, such as teams or shifts, do alike. Writes and their rules are theirs. */
export function createCollection<Id extends string, Row, Data extends { id: string }>({
  noun,
  notFound,
  path,
  tags,
  find,
  serialize,
}: Definition<Id, Row, Data>) {
  /** Returns what a query has found. Throws the error for an unknown item. */
  function found<T>(row: Found<T>): T {
    if (row) return row;
    throw new ApiError(notFound, `No ${noun} with this id exists in this workspace.`);
  }

  /** Throws the error for an unknown item. */
  async function load(actor: Actor, id: Id): Promise<Data> {
    return serialize(found(await find(actor.workspaceId, id)));
  }

  return {
    found,
    load,

    /** Returns an item with its `ETag`. Throws the error for an unknown item. */
    async get(actor: Actor, id: Id): Promise<Reply<Data>> {
      return tags.reply(await load(actor, id));
    },

    /** Returns a new item with its `ETag` and its `Location`. */
    created: (actor: Actor, data: Data): Reply<Data> =>
      tags.reply(data, `/api/workspaces/${actor.workspaceId}/${path}/${data.id}`),

    /** Returns a function that reads a page, oldest items first. It throws `InvalidPageToken`. */
    lister:
      <Listed extends { id: string; createdAt: Date }, Item>(
        pageTokens: PageTokens,
        list: (workspaceId: AuthorizedWorkspaceId, page: CreationPage) => Promise<FoundPage<Listed>>,
        serializeListed: (row: Listed) => Item,
      ) =>
      (actor: Actor, query: { limit: number; pageToken?: string | undefined }) =>
        pageByCreation(
          pageTokens,
          [path, actor.workspaceId],
          query,
          (page) => list(actor.workspaceId, page),
          serializeListed,
        ),
  };
}
