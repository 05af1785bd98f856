import * as calls from "@/lib/access/access-keys/client/calls";
import type { AccessKey } from "@/lib/access/access-keys/contract";
import { accessKeyKeys } from "@/lib/platform/client/cache-keys";
import { collection } from "@/lib/platform/client/collection";
import { merge, put } from "@/lib/platform/client/list-write";

export const {
  all: allAccessKeysQuery,
  /** Creates an access key. The key is only in the result; the cache never holds it. */
  useCreate: useCreateAccessKey,
  useChange: useRenameAccessKey,
  useDelete: useRevokeAccessKey,
} = collection({
  keys: accessKeyKeys,
  calls: {
    list: calls.listAccessKeys,
    create: calls.createAccessKey,
    get: calls.getAccessKey,
    patch: calls.patchAccessKey,
    delete: calls.deleteAccessKey,
  },
  id: "accessKeyId",
  optimistic: (items, { id, change }) => merge(items, id, change),
  settle: (items, { key: _, ...accessKey }: AccessKey & { key?: string }) => put(items, accessKey),
});
