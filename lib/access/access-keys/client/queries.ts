import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import {
  createAccessKey,
  deleteAccessKey,
  getAccessKey,
  listAccessKeys,
  patchAccessKey,
} from "@/lib/access/access-keys/client/calls";
import type { AccessKey, accessKeyDraftSchema, NewAccessKey } from "@/lib/access/access-keys/contract";
import { accessKeyKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";

export function allAccessKeysQuery(workspaceId: string) {
  return queryOptions({
    queryKey: accessKeyKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listAccessKeys, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** Creates an access key. The key is only in the result; the cache never holds it. */
export function useCreateAccessKey(workspaceId: string) {
  return useListWrite<AccessKey, z.input<typeof accessKeyDraftSchema>, NewAccessKey>({
    list: accessKeyKeys.list(workspaceId),
    write: async (body) => (await request(createAccessKey, { params: { workspaceId }, body })).data,
    settle: (items, { key: _, ...accessKey }) => put(items, accessKey),
    touches: [accessKeyKeys.all(workspaceId)],
  });
}

export function useRenameAccessKey(workspaceId: string) {
  return useListWrite<AccessKey, Guarded<AccessKey, { name?: string }>, AccessKey>({
    list: accessKeyKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, accessKeyId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getAccessKey, { params }),
        async (ifMatch) => (await request(patchAccessKey, { params, body: guarded.change, ifMatch })).data,
      );
    },
    optimistic: (items, { id, change }) => merge(items, id, change),
    settle: put,
    touches: [accessKeyKeys.all(workspaceId)],
  });
}

export function useRevokeAccessKey(workspaceId: string) {
  return useListWrite<AccessKey, string, void>({
    list: accessKeyKeys.list(workspaceId),
    write: async (accessKeyId) => {
      await request(deleteAccessKey, { params: { workspaceId, accessKeyId } });
    },
    optimistic: without,
    touches: [accessKeyKeys.all(workspaceId)],
  });
}
