import { useMutation, useQueryClient } from "@tanstack/react-query";
import { postReady } from "@/lib/availability/declared/client/calls";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import { channels } from "@/lib/availability/effective/values";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";

const ended: readonly string[] = ["wrappingUp", "notResponding"];

/** Returns what an agent can take after declaring to be ready. */
export function explanationWhenReady(before: AvailabilityExplanation): AvailabilityExplanation {
  const after = { ...before, channels: { ...before.channels } };
  after.deciders = before.deciders.filter(({ code }) => !ended.includes(code));
  for (const channel of channels) {
    const verdict = before.channels[channel];
    if (!verdict?.closedBy.some((code) => ended.includes(code))) continue;
    const closedBy = verdict.closedBy.filter((code) => !ended.includes(code));
    after.channels[channel] = { ...verdict, closedBy, open: closedBy.length === 0 };
  }
  return after;
}

/** Ends an agent's wrap-up and `notResponding`, with an optimistic update of what they can take. */
export function useReady(workspaceId: string, agentId: string) {
  const client = useQueryClient();
  const queryKey = agentKeys.explanation(workspaceId, agentId, null);
  return useMutation({
    mutationFn: () => request(postReady, { params: { workspaceId, agentId } }),
    async onMutate() {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<AvailabilityExplanation>(queryKey);
      if (before) client.setQueryData(queryKey, explanationWhenReady(before));
      return { before };
    },
    onError(_error, _variables, context) {
      if (context?.before) client.setQueryData(queryKey, context.before);
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: agentKeys.answers(workspaceId) }),
        client.invalidateQueries({ queryKey: agentKeys.one(workspaceId, agentId) }),
      ]),
  });
}
