import type { z } from "zod";
import {
  createCoverageNeed,
  deleteCoverageNeed,
  getCoverageNeed,
  patchCoverageNeed,
} from "@/lib/agents/coverage/client/calls";
import type {
  CoverageNeed,
  coverageNeedChangeSchema,
  coverageNeedDraftSchema,
} from "@/lib/agents/coverage/contract";
import { coverageKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { request } from "@/lib/platform/client/request";

export function useCreateNeed(workspaceId: string) {
  return useListWrite<CoverageNeed, z.input<typeof coverageNeedDraftSchema>, CoverageNeed>({
    list: coverageKeys.needs(workspaceId),
    write: async (body) => (await request(createCoverageNeed, { params: { workspaceId }, body })).data,
    settle: put,
    touches: [coverageKeys.all(workspaceId)],
  });
}

export function useChangeNeed(workspaceId: string) {
  return useListWrite<
    CoverageNeed,
    Guarded<CoverageNeed, z.input<typeof coverageNeedChangeSchema>>,
    CoverageNeed
  >({
    list: coverageKeys.needs(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, coverageNeedId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getCoverageNeed, { params }),
        async (ifMatch) => (await request(patchCoverageNeed, { params, body: guarded.change, ifMatch })).data,
      );
    },
    optimistic: (items, { id, change }) => merge(items, id, change),
    settle: put,
    touches: [coverageKeys.all(workspaceId)],
  });
}

export function useDeleteNeed(workspaceId: string) {
  return useListWrite<CoverageNeed, string, void>({
    list: coverageKeys.needs(workspaceId),
    write: async (coverageNeedId) => {
      await request(deleteCoverageNeed, { params: { workspaceId, coverageNeedId } });
    },
    optimistic: without,
    touches: [coverageKeys.all(workspaceId)],
  });
}
