import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import { listPlanner } from "@/lib/agents/coverage/client/calls";
import type { PlannerRow, plannerQuerySchema } from "@/lib/agents/coverage/planner-contract";
import { type DateChange, sendDateChange } from "@/lib/hours/weeks/client/queries";
import { hoursKeys, showingHours } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";

export type PlannerQuery = z.input<typeof plannerQuerySchema>;

async function readPage(
  workspaceId: string,
  query: PlannerQuery,
  pageToken: string | null | undefined,
  signal: AbortSignal,
) {
  const page = pageToken ? { ...query, pageToken } : query;
  return (await request(listPlanner, { params: { workspaceId }, query: page, signal })).data;
}

/** Query of the planner, page by page. */
export function plannerPagesQuery(workspaceId: string, query: PlannerQuery) {
  return infiniteQueryOptions({
    queryKey: hoursKeys.planner(workspaceId, query),
    queryFn: ({ signal, pageParam }) => readPage(workspaceId, query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextPageToken }) => nextPageToken,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/**
 * Query of the whole planner. If more than `most` agents match, it reads only the first page and `isWhole` is
 * false. The result has the shape of an infinite query, so that optimistic updates fit both.
 */
export function wholePlannerQuery(workspaceId: string, query: PlannerQuery, most: number) {
  return queryOptions({
    queryKey: hoursKeys.planner(workspaceId, { ...query, most }),
    queryFn: async ({ signal }) => {
      let page = await readPage(workspaceId, query, null, signal);
      const pages = [page];
      const isWhole = page.total <= most;
      while (isWhole && page.nextPageToken) {
        page = await readPage(workspaceId, query, page.nextPageToken, signal);
        pages.push(page);
      }
      return { pages, isWhole };
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

interface ShownDateChange extends DateChange {
  /** Returns the optimistic row. */
  expect: (row: PlannerRow) => PlannerRow;
}

type Pages = Pick<InfiniteData<{ results: PlannerRow[] }>, "pages">;

/** Sets or deletes an agent's override of a date, with an optimistic update of all loaded planners. */
export function useChangeDate(workspaceId: string) {
  const client = useQueryClient();
  const planners = { queryKey: hoursKeys.planners(workspaceId) };
  return useMutation({
    mutationFn: (change: ShownDateChange) => sendDateChange(workspaceId, change),
    async onMutate({ agentId, expect }: ShownDateChange) {
      await client.cancelQueries(planners);
      const before = client.getQueriesData<Pages>(planners);
      const changed = (row: PlannerRow) => (row.agentId === agentId ? expect(row) : row);
      client.setQueriesData<Pages>(
        planners,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({ ...page, results: page.results.map(changed) })),
          },
      );
      return { before };
    },
    onError(_error, _change, context) {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
    },
    onSettled() {
      // Not awaited: the write has succeeded, and the refetches may be slow.
      for (const queryKey of showingHours(workspaceId)) void client.invalidateQueries({ queryKey });
    },
  });
}
