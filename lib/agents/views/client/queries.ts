import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { createView, deleteView, listViews, patchView } from "@/lib/agents/views/client/calls";
import type { SavedView, ViewChange, ViewDraft } from "@/lib/agents/views/contract";
import { viewKeys } from "@/lib/platform/client/cache-keys";
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
  const client = useQueryClient();
  const queryKey = viewKeys.all(workspaceId);

  async function updateOptimistically(change: (views: SavedView[]) => SavedView[]) {
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData<SavedView[]>(queryKey);
    client.setQueryData<SavedView[]>(queryKey, (views) => views && change(views));
    return { before };
  }
  const back = {
    onError: (_error: unknown, _input: unknown, context?: { before?: SavedView[] | undefined }) => {
      if (context?.before) client.setQueryData(queryKey, context.before);
    },
  };
  const onSettled = () => client.invalidateQueries({ queryKey });

  const create = useMutation({
    mutationFn: async (draft: ViewDraft) =>
      (await request(createView, { params: { workspaceId }, body: draft })).data,
    onSuccess: (view) => client.setQueryData<SavedView[]>(queryKey, (views) => views && [...views, view]),
    onSettled,
  });
  const change = useMutation({
    mutationFn: async ({ id, ...body }: ViewChange & { id: string }) =>
      (await request(patchView, { params: { workspaceId, viewId: id }, body })).data,
    onMutate: ({ id, name, search }) =>
      updateOptimistically((views) =>
        views.map((view) =>
          view.id === id ? { ...view, name: name ?? view.name, search: search ?? view.search } : view,
        ),
      ),
    ...back,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (id: string) => {
      await request(deleteView, { params: { workspaceId, viewId: id } });
    },
    onMutate: (id) => updateOptimistically((views) => views.filter((view) => view.id !== id)),
    ...back,
    onSettled,
  });
  return { create, change, remove };
}
