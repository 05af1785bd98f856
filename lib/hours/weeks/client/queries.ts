import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  deleteOverride,
  getSchedule,
  getTravel,
  listOverrides,
  putOverride,
  putTravel,
} from "@/lib/hours/weeks/client/calls";
import type { OverrideDraft, overridesQuerySchema, Travel } from "@/lib/hours/weeks/contract";
import { hoursKeys, showingHours } from "@/lib/platform/client/cache-keys";
import { read, request } from "@/lib/platform/client/request";

/** Query of an agent's weekly hours in all versions, with their entity tag. */
export function scheduleQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    queryKey: hoursKeys.schedule(workspaceId, agentId),
    queryFn: ({ signal }) => request(getSchedule, { params: { workspaceId, agentId }, signal }),
    staleTime: 30_000,
  });
}

/** Query of an agent's travel, with its entity tag. */
export function travelQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    queryKey: hoursKeys.travel(workspaceId, agentId),
    queryFn: ({ signal }) => request(getTravel, { params: { workspaceId, agentId }, signal }),
    staleTime: 30_000,
  });
}

/** Query of an agent's overrides. */
export function overridesQuery(
  workspaceId: string,
  agentId: string,
  query: z.input<typeof overridesQuerySchema>,
) {
  return queryOptions({
    queryKey: hoursKeys.overrides(workspaceId, agentId, query),
    queryFn: read(listOverrides, { params: { workspaceId, agentId }, query }),
    staleTime: 30_000,
  });
}

/** Returns a function that refetches what shows the hours of agents. */
function useRefetchHours(workspaceId: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(showingHours(workspaceId).map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Sets the hours of an agent's date. Without a draft, deletes the override. */
export interface DateChange {
  agentId: string;
  date: string;
  draft: OverrideDraft | undefined;
}

export async function sendDateChange(
  workspaceId: string,
  { agentId, date, draft }: DateChange,
): Promise<void> {
  const params = { workspaceId, agentId, date };
  if (draft) await request(putOverride, { params, body: draft });
  else await request(deleteOverride, { params });
}

/** Sets the hours of a date. */
export function useChangeDay(workspaceId: string, agentId: string) {
  return useMutation({
    mutationFn: (change: Omit<DateChange, "agentId">) => sendDateChange(workspaceId, { agentId, ...change }),
    onSettled: useRefetchHours(workspaceId),
  });
}

/** Replaces an agent's travel. Fails if it changed since `etag`. */
export function useSetTravel(workspaceId: string, agentId: string) {
  const client = useQueryClient();
  const refetch = useRefetchHours(workspaceId);
  return useMutation({
    mutationFn: ({ travel, etag }: { travel: Travel["travel"]; etag: string | undefined }) =>
      request(putTravel, {
        params: { workspaceId, agentId },
        body: { travel },
        ...(etag ? { ifMatch: etag } : {}),
      }),
    onSuccess: (answer) => client.setQueryData(hoursKeys.travel(workspaceId, agentId), answer),
    onSettled: refetch,
  });
}
