import type { KeyPart, PageTokens } from "@/lib/http/page-token";

/** Where a plain list goes on: after the row made at this instant (epoch milliseconds) with this id. */
export interface CreationKey {
  createdAt: number;
  id: string;
}

/** A page asked for, of a list in the order in which its rows were made. */
export interface CreationPage {
  limit: number;
  after: CreationKey | undefined;
}

/** A page found: one row more than asked for tells that there are more. */
export interface FoundPage<Row> {
  rows: Row[];
  total: number;
}

/**
 * Pages a list in the order in which its rows were made. `list` names it and the workspace, so that a token fits
 * nowhere else. Throws `InvalidPageToken`.
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

/** The same order and position as Prisma's arguments. */
export function creationArguments({ limit, after }: CreationPage) {
  const createdAt = after && new Date(after.createdAt);
  return {
    take: limit,
    orderBy: [{ createdAt: "asc" as const }, { id: "asc" as const }],
    ...(after && createdAt
      ? { where: { OR: [{ createdAt: { gt: createdAt } }, { createdAt, id: { gt: after.id } }] } }
      : {}),
  };
}
