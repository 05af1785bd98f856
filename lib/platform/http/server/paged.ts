import type { Query } from "@/lib/platform/database/db";
import type { KeyPart, PageTokens } from "@/lib/platform/http/server/page-token";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Position in a list ordered by creation; `createdAt` is epoch milliseconds. */
export interface CreationKey {
  createdAt: number;
  id: string;
}

/** Which page of a list ordered by creation to read. */
export interface CreationPage {
  limit: number;
  after: CreationKey | undefined;
}

/** Rows of a page, with one more than requested if there is a next page. */
export interface FoundPage<Row> {
  rows: Row[];
  total: number;
}

/**
 * Returns a page of a list ordered by creation. `list` contains the list's name and workspace, which bind the
 * token. Throws `InvalidPageToken`.
 */
export async function pageByCreation<Row extends { id: string; createdAt: Date }, Item>(
  tokens: PageTokens,
  list: readonly string[],
  query: { limit: number; pageToken?: string | undefined },
  find: (page: CreationPage) => Promise<FoundPage<Row>>,
  serialize: (row: Row) => Item,
): Promise<{ results: Item[]; nextPageToken?: string; total: number }> {
  const after = query.pageToken === undefined ? undefined : keyOf(tokens.read(list, query.pageToken));
  const { rows, total } = await find({ limit: query.limit + 1, after });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    results: shown.map(serialize),
    ...(last && rows.length > shown.length
      ? { nextPageToken: tokens.make(list, [last.createdAt.getTime(), last.id]) }
      : {}),
    total,
  };
}

function keyOf([createdAt, id]: KeyPart[]): CreationKey {
  return { createdAt: Number(createdAt), id: String(id) };
}

/** A table of a workspace, ordered by creation. */
interface CreationList {
  /** The table with its alias, and joins of at most one row each. */
  from: string;
  alias: string;
  /** The column that breaks ties of `created_at`. */
  id?: string;
  columns: string;
}

/** Reads a page and the total number of rows in one statement. */
export async function queryByCreation<Row extends object>(
  query: Query,
  { from, alias, id = "id", columns }: CreationList,
  workspaceId: AuthorizedWorkspaceId,
  { limit, after }: CreationPage,
): Promise<FoundPage<Row>> {
  const order = `${alias}.created_at, ${alias}.${id}`;
  const [table] = from.split(/\n|JOIN/);
  const rows = await query<Row & { total: number; found: boolean | null }>(
    `SELECT counted.total, page.*
     FROM (SELECT count(*)::int AS total FROM ${table} WHERE ${alias}.workspace_id = :workspace::uuid) counted
     LEFT JOIN LATERAL (
       SELECT true AS found, ${columns} FROM ${from}
       WHERE ${alias}.workspace_id = :workspace::uuid
         ${after ? `AND (${order}) > (to_timestamp(:createdAt::double precision / 1000), :id::uuid)` : ""}
       ORDER BY ${order} LIMIT :limit::int) page ON true`,
    { workspace: workspaceId, limit, ...after },
  );
  return { rows: rows.filter((row) => row.found), total: rows[0]?.total ?? 0 };
}

/** Returns a column list with Prisma's camel-case names. */
export const named = (alias: string, names: readonly string[]) =>
  names
    .map((name) => `${alias}.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} AS "${name}"`)
    .join(", ");
