import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import type { Agent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/client/calls";
import type { Availability, AvailabilityChange } from "@/lib/availability/declared/contract";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { pageNow } from "@/lib/platform/client/page-clock";
import { request } from "@/lib/platform/client/request";

interface Page {
  results: Agent[];
}

/** Returns the availability to show optimistically until the server answers. */
export function expectedAvailability(
  before: Availability,
  change: AvailabilityChange,
  now: Date,
): Availability {
  const at = now.toISOString();
  const after: Availability = { ...before, updatedAt: at };
  if (change.status !== undefined && change.status !== before.status) {
    after.status = change.status;
    after.lastStatusSet = at;
  }
  if (change.activity !== undefined) {
    if (change.activity !== before.activity) after.lastActivitySet = at;
    after.activity = change.activity;
    delete after.activityTtl;
    delete after.activityText;
  }
  if (change.activityText === null) delete after.activityText;
  else if (change.activityText !== undefined) after.activityText = change.activityText;
  if (change.activityTtl === null) delete after.activityTtl;
  else if (change.activityTtl !== undefined) after.activityTtl = change.activityTtl;
  return after;
}

const withAvailability = (agent: Agent, availability: Availability): Agent => ({
  ...agent,
  status: availability.status,
  availability,
});

const versionIn = (etag: string | undefined) => Number(/^"(\d+)\./.exec(etag ?? "")?.[1] ?? Number.NaN);

/**
 * Returns whether no other change lies between two entity tags of an agent. If one does, the cached agent
 * must not get the later tag: a save would pass `If-Match` and overwrite data that the user has not seen.
 */
export function follows(earlier: string | undefined, later: string | undefined): boolean {
  const steps = versionIn(later) - versionIn(earlier);
  return steps === 0 || steps === 1;
}

/**
 * Changes an agent's availability with an optimistic update of every cached list and page. If the server
 * refuses, they are rolled back; the caller shows the error.
 */
export function useChangeAvailability(workspaceId: string) {
  const client = useQueryClient();

  function show(agentId: string, next: (before: Agent) => Availability, etag?: string) {
    client.setQueriesData<Page>({ queryKey: agentKeys.lists(workspaceId) }, (page) =>
      page?.results.some((agent) => agent.id === agentId)
        ? {
            ...page,
            results: page.results.map((agent) =>
              agent.id === agentId ? withAvailability(agent, next(agent)) : agent,
            ),
          }
        : page,
    );
    client.setQueryData<ReadAgent>(agentKeys.one(workspaceId, agentId), (read) =>
      read
        ? {
            data: withAvailability(read.data, next(read.data)),
            etag: follows(read.etag, etag) ? etag : read.etag,
          }
        : read,
    );
  }

  return useMutation({
    mutationFn: ({ agentId, change }: { agentId: string; change: AvailabilityChange }) =>
      request(patchAvailability, { params: { workspaceId, agentId }, body: change }),
    async onMutate({ agentId, change }) {
      await client.cancelQueries({ queryKey: agentKeys.all(workspaceId) });
      const before = client.getQueriesData({ queryKey: agentKeys.all(workspaceId) });
      const now = new Date(pageNow());
      show(agentId, (agent) => expectedAvailability(agent.availability, change, now));
      return { before };
    },
    onError(_error, _variables, context) {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
    },
    onSuccess({ data, etag }, { agentId }) {
      const key = agentKeys.one(workspaceId, agentId);
      const before = client.getQueryData<ReadAgent>(key);
      show(agentId, () => data, etag);
      if (before && !follows(before.etag, etag)) void client.invalidateQueries({ queryKey: key });
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: agentKeys.lists(workspaceId) }),
        client.invalidateQueries({ queryKey: agentKeys.answers(workspaceId) }),
      ]),
  });
}
