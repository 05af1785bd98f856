import { type QueryClient, type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  approveTimeOff,
  cancelTimeOff,
  createCalendarFeed,
  createTimeOff,
  declineTimeOff,
  deleteCalendarFeed,
  getTimeOff,
  patchTimeOff,
} from "@/lib/hours/time-off/client/calls";
import type { TimeOff, timeOffChangeSchema, timeOffDraftSchema } from "@/lib/hours/time-off/contract";
import { calendarFeedKeys, showingHours, timeOffKeys } from "@/lib/platform/client/cache-keys";
import { sendGuarded } from "@/lib/platform/client/guarded-change";
import { request } from "@/lib/platform/client/request";

const touched = (workspaceId: string): QueryKey[] => [
  timeOffKeys.all(workspaceId),
  ...showingHours(workspaceId),
];

/** Requests or enters time off. */
export function useCreateTimeOff(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ agentId, body }: { agentId: string; body: z.input<typeof timeOffDraftSchema> }) =>
      (await request(createTimeOff, { params: { workspaceId, agentId }, body })).data,
    onSettled() {
      for (const queryKey of touched(workspaceId)) void client.invalidateQueries({ queryKey });
    },
  });
}

/** Replaces an entry in all cached lists, and removes it from those that don't show its new state. */
function replaceInLists(
  client: QueryClient,
  workspaceId: string,
  id: string,
  replace: (entry: TimeOff) => TimeOff,
): void {
  for (const [key, list] of client.getQueriesData<TimeOff[]>({ queryKey: timeOffKeys.all(workspaceId) })) {
    if (!Array.isArray(list)) continue;
    const { states } = key[3] as { states?: string[] };
    const after = list.map((entry) => (entry.id === id ? replace(entry) : entry));
    client.setQueryData(
      key,
      after.filter((entry) => entry.id !== id || !states || states.includes(entry.state)),
    );
  }
}

/** Changes time off. Rejects with 412 if someone has changed the same properties since `timeOff` was read. */
export function useChangeTimeOff(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ timeOff, change }: { timeOff: TimeOff; change: z.input<typeof timeOffChangeSchema> }) => {
      const params = { workspaceId, agentId: timeOff.agentId, timeOffId: timeOff.id };
      return sendGuarded(
        { id: timeOff.id, change, base: timeOff },
        () => request(getTimeOff, { params }),
        async (ifMatch) => (await request(patchTimeOff, { params, body: change, ifMatch })).data,
      );
    },
    onSuccess: (changed) => replaceInLists(client, workspaceId, changed.id, () => changed),
    onSettled() {
      for (const queryKey of touched(workspaceId)) void client.invalidateQueries({ queryKey });
    },
  });
}

type TimeOffDecision = "approved" | "declined" | "cancelled";

interface TimeOffDecisionWrite {
  timeOff: Pick<TimeOff, "id" | "agentId">;
  state: TimeOffDecision;
  comment?: string;
}

async function sendDecision(
  workspaceId: string,
  { timeOff, state, comment }: TimeOffDecisionWrite,
): Promise<TimeOff> {
  const params = { workspaceId, agentId: timeOff.agentId, timeOffId: timeOff.id };
  const input = { params, body: comment ? { comment } : {} };
  switch (state) {
    case "approved":
      return (await request(approveTimeOff, input)).data;
    case "declined":
      return (await request(declineTimeOff, input)).data;
    case "cancelled":
      return (await request(cancelTimeOff, input)).data;
  }
}

/** Approves, declines or cancels time off. Lists are updated optimistically, and rolled back on an error. */
export function useDecideTimeOff(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (write: TimeOffDecisionWrite) => sendDecision(workspaceId, write),
    async onMutate(write) {
      const queryKey = timeOffKeys.all(workspaceId);
      await client.cancelQueries({ queryKey });
      const before = client.getQueriesData<TimeOff[]>({ queryKey });
      replaceInLists(client, workspaceId, write.timeOff.id, (entry) => ({ ...entry, state: write.state }));
      return { before };
    },
    onError(_error, _write, context) {
      for (const [key, list] of context?.before ?? []) client.setQueryData(key, list);
    },
    onSettled() {
      for (const queryKey of touched(workspaceId)) void client.invalidateQueries({ queryKey });
    },
  });
}

/** Creates a calendar feed. Only this response has its address. */
export function useCreateCalendarFeed(workspaceId: string, agentId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (await request(createCalendarFeed, { params: { workspaceId, agentId }, body: {} })).data,
    onSettled: () => void client.invalidateQueries({ queryKey: calendarFeedKeys.list(workspaceId, agentId) }),
  });
}

export function useRevokeCalendarFeed(workspaceId: string, agentId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (calendarFeedId: string) => {
      await request(deleteCalendarFeed, { params: { workspaceId, agentId, calendarFeedId } });
    },
    onSettled: () => void client.invalidateQueries({ queryKey: calendarFeedKeys.list(workspaceId, agentId) }),
  });
}
