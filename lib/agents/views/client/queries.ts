import { queryOptions } from "@tanstack/react-query";
import { createView, deleteView, listViews, patchView } from "@/lib/agents/views/client/calls";
import type { SavedView, ViewChange, ViewDraft } from "@/lib/agents/views/contract";
import { viewKeys } from "@/lib/platform/client/cache-keys";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { request } from "@/lib/platform/client/request";

/** Query of the user's own views in the workspace, sorted by name. */
export function viewsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: viewKeys.all(workspaceId),
    queryFn: async ({ signal }) =>
      (await request(listViews, { params: { workspaceId }, signal })).data.results,
    staleTime: 60_000,
  });
}

/** Mutations of the user's views, with optimistic updates. The list is refetched after each response. */
export function useViewChanges(workspaceId: string) {
  const list = viewKeys.all(workspaceId);
  const create = useListWrite<SavedView, ViewDraft, SavedView>({
    list,
    write: async (body) => (await request(createView, { params: { workspaceId }, body })).data,
    settle: put,
    touches: [list],
  });
  const change = useListWrite<SavedView, ViewChange & { id: string }, SavedView>({
    list,
    write: async ({ id, ...body }) =>
      (await request(patchView, { params: { workspaceId, viewId: id }, body })).data,
    optimistic: (views, { id, ...change }) => merge(views, id, change),
    touches: [list],
  });
  const remove = useListWrite<SavedView, string, void>({
    list,
    write: async (id) => {
      await request(deleteView, { params: { workspaceId, viewId: id } });
    },
    optimistic: without,
    touches: [list],
  });
  return { create, change, remove };
}
