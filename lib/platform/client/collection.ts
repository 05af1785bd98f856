import { type QueryKey, queryOptions } from "@tanstack/react-query";
import type { Call } from "@/lib/platform/client/call";
import type { RequestOf, ResponseOf } from "@/lib/platform/client/client";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";
import type { Operation } from "@/lib/platform/http/operation";

type AnyCall = Call<Operation>;
type OperationOf<C> = C extends Call<infer O> ? O : never;
type DataOf<C> = ResponseOf<OperationOf<C>>["data"];
type BodyOf<C> = RequestOf<OperationOf<C>> extends { body: infer Body } ? Body : never;

/** The calls of a collection. All but `list` and `create` have the id of one item in their path. */
interface Calls {
  list: AnyCall;
  create: AnyCall;
  get: AnyCall;
  patch: AnyCall;
  delete: AnyCall;
}

interface Keys {
  all: (workspaceId: string) => QueryKey;
  list: (workspaceId: string) => QueryKey;
}

/** The name of the parameter that identifies one item in the path. */
type IdName<C> = Exclude<keyof RequestOf<OperationOf<C>>["params"], "workspaceId"> & string;

type ItemOf<C extends Calls> =
  DataOf<C["list"]> extends { results: (infer Item extends { id: string })[] } ? Item : never;

/** A change of an item, with the state that the user based it on. */
type WriteOf<C extends Calls> = Guarded<DataOf<C["get"]> & object, BodyOf<C["patch"]> & object>;

interface Definition<C extends Calls> {
  keys: Keys;
  calls: C;
  id: IdName<C["get"]> & IdName<C["patch"]> & IdName<C["delete"]>;
  /** Returns the list as it will be after a change. Without it, the list shows changes after the response. */
  optimistic?: (items: ItemOf<C>[], write: WriteOf<C>) => ItemOf<C>[];
  /** Returns the list with what the server returned for a new or changed item. */
  settle?: (items: ItemOf<C>[], item: DataOf<C["create"]> | DataOf<C["patch"]>) => ItemOf<C>[];
  /** Returns an item with the property names of a change, to find conflicts. */
  fieldsOf?: (item: DataOf<C["get"]>) => object;
  /** Other cached data that shows the items. It is refetched after each write. */
  affects?: (workspaceId: string) => readonly QueryKey[];
}

/** The parts of a call that don't depend on its operation. */
interface Input {
  params: Record<string, string>;
  query?: object;
  body?: unknown;
  ifMatch?: string;
  signal?: AbortSignal;
}

/** `request` for calls whose operation is only known to the caller of `collection`. */
const send = request as (call: AnyCall, input: Input) => Promise<{ data: unknown; etag: string | undefined }>;

/**
 * The query and the mutations of a collection that is short enough to read whole, such as teams or roles. Deletions are
 * optimistic, and changes too with `optimistic`. A change that conflicts with someone else's is rejected with
 * `RequestError` 412.
 */
export function collection<C extends Calls>({
  keys,
  calls,
  id: idName,
  optimistic,
  settle = put as NonNullable<Definition<C>["settle"]>,
  fieldsOf,
  affects = () => [],
}: Definition<C>) {
  type Item = ItemOf<C>;
  type Detail = DataOf<C["get"]> & object;
  const paramsOf = (workspaceId: string, id: string) => ({ workspaceId, [idName]: id });
  const common = (workspaceId: string) => ({
    list: keys.list(workspaceId),
    touches: [keys.all(workspaceId), ...affects(workspaceId)],
  });

  return {
    /** Query of all items. */
    all: (workspaceId: string) =>
      queryOptions({
        queryKey: keys.list(workspaceId),
        queryFn: ({ signal }) =>
          readAll(
            async (query) =>
              (await send(calls.list, { params: { workspaceId }, query, signal })) as {
                data: { results: Item[]; nextPageToken?: string };
              },
          ),
        staleTime: 60_000,
      }),

    useCreate: (workspaceId: string) =>
      useListWrite<Item, BodyOf<C["create"]>, DataOf<C["create"]>>({
        ...common(workspaceId),
        write: async (body) =>
          (await send(calls.create, { params: { workspaceId }, body })).data as DataOf<C["create"]>,
        settle,
      }),

    useChange: (workspaceId: string) =>
      useListWrite<Item, WriteOf<C>, DataOf<C["patch"]>>({
        ...common(workspaceId),
        write: (guarded) => {
          const params = paramsOf(workspaceId, guarded.id);
          return sendGuarded(
            guarded,
            async () => (await send(calls.get, { params })) as { data: Detail; etag: string | undefined },
            async (ifMatch) =>
              (await send(calls.patch, { params, body: guarded.change, ifMatch })).data as DataOf<C["patch"]>,
            fieldsOf,
          );
        },
        ...(optimistic ? { optimistic } : {}),
        settle,
      }),

    useDelete: (workspaceId: string) =>
      useListWrite<Item, string, void>({
        ...common(workspaceId),
        write: async (id) => {
          await send(calls.delete, { params: paramsOf(workspaceId, id) });
        },
        optimistic: without,
      }),
  };
}

/** Not below `keys.all`, which a deletion invalidates: that would refetch the usage of the deleted item. */
function usageKey([area, ...rest]: QueryKey, id: string): QueryKey {
  return [`usage of ${area}`, ...rest, id];
}

/** Makes the query of what deleting an item of a collection would affect. Never cached. */
export function usageQuery<C extends AnyCall>(keys: Keys, call: C, idName: IdName<C>) {
  return (workspaceId: string, id: string) =>
    queryOptions({
      queryKey: usageKey(keys.all(workspaceId), id),
      queryFn: async ({ signal }) =>
        (await send(call, { params: { workspaceId, [idName]: id }, signal })).data as DataOf<C>,
      staleTime: 0,
    });
}
