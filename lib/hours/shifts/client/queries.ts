import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { getCalendarPolicy, listAgentShifts, listShiftSwaps } from "@/lib/hours/shifts/client/calls";
import type { agentShiftsQuerySchema } from "@/lib/hours/shifts/hours-contract";
import type { shiftSwapsQuerySchema } from "@/lib/hours/shifts/swaps-contract";
import { calendarPolicyKeys, hoursKeys, shiftSwapKeys } from "@/lib/platform/client/cache-keys";
import { read, request } from "@/lib/platform/client/request";

/** Query of a page of shift swaps, newest first. */
export function shiftSwapsQuery(workspaceId: string, query: z.input<typeof shiftSwapsQuerySchema>) {
  return queryOptions({
    queryKey: shiftSwapKeys.list(workspaceId, query),
    queryFn: read(listShiftSwaps, { params: { workspaceId }, query }),
    staleTime: 30_000,
  });
}

/** Query of an agent's shifts as they take place. */
export function agentShiftsQuery(
  workspaceId: string,
  agentId: string,
  query: z.input<typeof agentShiftsQuerySchema>,
) {
  return queryOptions({
    queryKey: hoursKeys.shifts(workspaceId, agentId, query),
    queryFn: read(listAgentShifts, { params: { workspaceId, agentId }, query }),
    staleTime: 30_000,
  });
}

/** Query of the calendar policy, with its entity tag. */
export function calendarPolicyQuery(workspaceId: string) {
  return queryOptions({
    queryKey: calendarPolicyKeys.all(workspaceId),
    queryFn: ({ signal }) => request(getCalendarPolicy, { params: { workspaceId }, signal }),
    staleTime: 60_000,
  });
}
