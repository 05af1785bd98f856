import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import {
  createStatus,
  deleteStatus,
  getStatus,
  getStatusUsage,
  listStatuses,
  patchStatus,
} from "@/lib/availability/presets/client/calls";
import type { Preset, presetChangeSchema, presetDraftSchema } from "@/lib/availability/presets/contract";
import { agentKeys, presetKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";

/** Query of all presets, by position. */
export function allPresetsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: presetKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listStatuses, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** Query of how many agents have a preset pending. Never cached. */
export function presetUsageQuery(workspaceId: string, statusId: string) {
  return queryOptions({
    // Not under the key of all presets: invalidating those after a deletion would refetch the deleted preset.
    queryKey: ["presetUsage", workspaceId, statusId],
    queryFn: async ({ signal }) =>
      (await request(getStatusUsage, { params: { workspaceId, statusId }, signal })).data,
    staleTime: 0,
  });
}

export function useCreatePreset(workspaceId: string) {
  return useListWrite<Preset, z.input<typeof presetDraftSchema>, Preset>({
    list: presetKeys.list(workspaceId),
    write: async (body) => (await request(createStatus, { params: { workspaceId }, body })).data,
    settle: put,
    touches: [presetKeys.all(workspaceId)],
  });
}

export type PresetWrite = Guarded<Preset, z.input<typeof presetChangeSchema>>;

/** Changes or moves a preset. */
export function useChangePreset(workspaceId: string) {
  return useListWrite<Preset, PresetWrite, Preset>({
    list: presetKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, statusId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getStatus, { params }),
        async (ifMatch) => (await request(patchStatus, { params, body: guarded.change, ifMatch })).data,
      );
    },
    optimistic: (items, { id, change: { position, ...change } }) =>
      moved(merge(items, id, change), id, position),
    settle: (items, preset) => moved(put(items, preset), preset.id, preset.position),
    touches: [presetKeys.all(workspaceId)],
  });
}

/** Deletes a preset, and cancels it where it is pending. */
export function useDeletePreset(workspaceId: string) {
  return useListWrite<Preset, string, void>({
    list: presetKeys.list(workspaceId),
    write: async (statusId) => {
      await request(deleteStatus, { params: { workspaceId, statusId } });
    },
    optimistic: without,
    touches: [presetKeys.all(workspaceId), agentKeys.answers(workspaceId)],
  });
}

/** Returns the presets with one moved to another position. */
export function moved(items: Preset[], id: string, position: number | undefined): Preset[] {
  const item = items.find((each) => each.id === id);
  if (!item || position === undefined) return items;
  const others = items.filter((each) => each !== item);
  return others.toSpliced(position, 0, item).map((each, place) => ({ ...each, position: place }));
}
