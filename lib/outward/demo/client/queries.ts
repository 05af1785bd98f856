import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { getDemo, patchDemo } from "@/lib/outward/demo/client/calls";
import { demoKeys } from "@/lib/platform/client/cache-keys";
import { read, request } from "@/lib/platform/client/request";

/** Query of whether this is the demo workspace, and whether its simulation is running. */
export function demoQuery(workspaceId: string) {
  return queryOptions({
    queryKey: demoKeys.all(workspaceId),
    queryFn: read(getDemo, { params: { workspaceId } }),
    staleTime: 60_000,
  });
}

/** Starts or stops the demo. */
export function useMoveDemo(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (running: boolean) =>
      (await request(patchDemo, { params: { workspaceId }, body: { running } })).data,
    onSuccess: (demo) => client.setQueryData(demoKeys.all(workspaceId), demo),
  });
}
