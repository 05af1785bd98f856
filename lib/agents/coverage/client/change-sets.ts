import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import type { changeSetDraftSchema } from "@/lib/agents/coverage/changes-contract";
import { createChangeSet, undoChangeSet } from "@/lib/agents/coverage/client/calls";
import { rotationKeys, showingHours, timeOffKeys } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";

type ChangeSetDraft = z.input<typeof changeSetDraftSchema>;

/** Returns a function that refetches what change sets of hours, time off and rotations change. */
function useRefetch(workspaceId: string) {
  const client = useQueryClient();
  return () => {
    // Not awaited: the write has succeeded, and the refetches may be slow.
    for (const queryKey of [
      timeOffKeys.all(workspaceId),
      rotationKeys.all(workspaceId),
      ...showingHours(workspaceId),
    ])
      void client.invalidateQueries({ queryKey });
  };
}

/** Applies changes of hours as one. The same `key` makes it safe to send the same changes again. */
export function useApplyChanges(workspaceId: string) {
  return useMutation({
    mutationFn: async ({ body, key }: { body: ChangeSetDraft; key: string }) =>
      (await request(createChangeSet, { params: { workspaceId }, body, idempotencyKey: key })).data,
    onSettled: useRefetch(workspaceId),
  });
}

/** Undoes changes of hours that were applied as one. */
export function useUndoChanges(workspaceId: string) {
  return useMutation({
    mutationFn: (changeSetId: string) =>
      request(undoChangeSet, {
        params: { workspaceId, changeSetId },
        idempotencyKey: crypto.randomUUID(),
      }),
    onSettled: useRefetch(workspaceId),
  });
}
