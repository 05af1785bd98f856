import * as calls from "@/lib/availability/presets/client/calls";
import { agentKeys, presetKeys } from "@/lib/platform/client/cache-keys";
import { collection, usageQuery } from "@/lib/platform/client/collection";
import { merge, moved, put } from "@/lib/platform/client/list-write";

export const {
  /** Query of all presets, by position. */
  all: allPresetsQuery,
  useCreate: useCreatePreset,
  /** Changes or moves a preset. */
  useChange: useChangePreset,
  /** Deletes a preset, and cancels it where it is pending. */
  useDelete: useDeletePreset,
} = collection({
  keys: presetKeys,
  calls: {
    list: calls.listStatuses,
    create: calls.createStatus,
    get: calls.getStatus,
    patch: calls.patchStatus,
    delete: calls.deleteStatus,
  },
  id: "statusId",
  optimistic: (items, { id, change: { position, ...change } }) =>
    moved(merge(items, id, change), id, position),
  settle: (items, preset) => moved(put(items, preset), preset.id, preset.position),
  affects: (workspaceId) => [agentKeys.answers(workspaceId)],
});

/** Query of how many agents have a preset pending. */
export const presetUsageQuery = usageQuery(presetKeys, calls.getStatusUsage, "statusId");
