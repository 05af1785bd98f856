import * as calls from "@/lib/agents/coverage/client/calls";
import { coverageKeys } from "@/lib/platform/client/cache-keys";
import { collection } from "@/lib/platform/client/collection";
import { merge } from "@/lib/platform/client/list-write";

export const {
  /** Query of all coverage needs, oldest first. */
  all: allCoverageNeedsQuery,
  useCreate: useCreateNeed,
  useChange: useChangeNeed,
  useDelete: useDeleteNeed,
} = collection({
  keys: { all: coverageKeys.all, list: coverageKeys.needs },
  calls: {
    list: calls.listCoverageNeeds,
    create: calls.createCoverageNeed,
    get: calls.getCoverageNeed,
    patch: calls.patchCoverageNeed,
    delete: calls.deleteCoverageNeed,
  },
  id: "coverageNeedId",
  optimistic: (items, { id, change }) => merge(items, id, change),
});
