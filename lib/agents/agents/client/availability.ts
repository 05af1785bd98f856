import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import type { Agent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/client/calls";
import type { Availability, AvailabilityChange } from "@/lib/availability/declared/contract";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import { deletePreset, putPreset } from "@/lib/availability/presets/client/calls";
import type { Preset, PresetChoice } from "@/lib/availability/presets/contract";
import { changeOf } from "@/lib/availability/presets/rules";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { pageNow } from "@/lib/platform/client/page-clock";
import { request } from "@/lib/platform/client/request";

/** An action on an agent's availability: a change, a preset, or canceling the pending preset. */
export type AvailabilityWrite =
  | { kind: "change"; change: AvailabilityChange }
  | { kind: "preset"; preset: Preset; when: PresetChoice["when"] }
  | { kind: "withdraw" };

interface Page {
  results: Agent[];
}

/** Returns the availability to show until the server responds. */
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
 * Returns whether no other change happened between two entity tags of an agent. If one did, the cached agent
 * must not get the later tag: a save would pass `If-Match` and overwrite data that the user has not seen.
 */
export function follows(earlier: string | undefined, later: string | undefined): boolean {
  const steps = versionIn(later) - versionIn(earlier);
  return steps === 0 || steps === 1;
}

/** Returns the immediate effect of an action, as far as this page knows. */
function changeNow(write: AvailabilityWrite): AvailabilityChange | undefined {
  if (write.kind === "change") return write.change;
  return write.kind === "preset" && write.when === "now" ? changeOf(write.preset) : undefined;
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

  /** Sets the pending preset in the cache. Any change of availability removes it. */
  function showNext(agentId: string, write: AvailabilityWrite) {
    client.setQueryData<AvailabilityExplanation>(
      agentKeys.explanation(workspaceId, agentId, null),
      (read) => {
        if (!read) return read;
        const { next: _, ...rest } = read;
        if (write.kind !== "preset" || write.when === "now") return rest;
        return { ...rest, next: { presetId: write.preset.id, when: write.when } };
      },
    );
  }

  return useMutation({
    async mutationFn({ agentId, write }: { agentId: string; write: AvailabilityWrite }) {
      const params = { workspaceId, agentId };
      if (write.kind === "change") return await request(patchAvailability, { params, body: write.change });
      if (write.kind === "preset") {
        const body = { presetId: write.preset.id, when: write.when };
        return await request(putPreset, { params, body });
      }
      await request(deletePreset, { params });
      return undefined;
    },
    async onMutate({ agentId, write }) {
      const queryKey = agentKeys.all(workspaceId);
      await client.cancelQueries({ queryKey });
      const before = client.getQueriesData({ queryKey });
      const change = changeNow(write);
      const now = new Date(pageNow());
      if (change) show(agentId, (agent) => expectedAvailability(agent.availability, change, now));
      showNext(agentId, write);
      return { before };
    },
    onError(_error, _variables, context) {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
    },
    onSuccess(answer, { agentId }) {
      if (!answer) return;
      const { data, etag } = answer;
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
