import * as calls from "@/lib/hours/time-off/client/calls";
import { timeOffKeys, timeOffTypeKeys } from "@/lib/platform/client/cache-keys";
import { collection } from "@/lib/platform/client/collection";
import { merge, moved, put } from "@/lib/platform/client/list-write";

export const {
  /** Query of all types of time off, by position. */
  all: allTimeOffTypesQuery,
  useCreate: useCreateTimeOffType,
  /** Changes or moves a type. */
  useChange: useChangeTimeOffType,
  useDelete: useDeleteTimeOffType,
} = collection({
  keys: timeOffTypeKeys,
  calls: {
    list: calls.listTimeOffTypes,
    create: calls.createTimeOffType,
    get: calls.getTimeOffType,
    patch: calls.patchTimeOffType,
    delete: calls.deleteTimeOffType,
  },
  id: "timeOffTypeId",
  optimistic: (items, { id, change: { position, ...change } }) =>
    moved(merge(items, id, change), id, position),
  settle: (items, type) => moved(put(items, type), type.id, type.position),
  affects: (workspaceId) => [timeOffKeys.all(workspaceId)],
});
