import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  getAgentHolidayCalendars,
  listHolidayCalendars,
  putAgentHolidayCalendars,
} from "@/lib/hours/holiday-calendars/client/calls";
import type { HolidayCalendarId } from "@/lib/hours/holiday-calendars/contract";
import { holidayCalendarKeys, hoursKeys, showingHours } from "@/lib/platform/client/cache-keys";
import { readAll, request } from "@/lib/platform/client/request";

/** Query of all holiday calendars, oldest first. */
export function allHolidayCalendarsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: holidayCalendarKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listHolidayCalendars, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** Query of an agent's holiday calendars, with their entity tag. */
export function agentHolidayCalendarsQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    queryKey: hoursKeys.holidayCalendars(workspaceId, agentId),
    queryFn: ({ signal }) => request(getAgentHolidayCalendars, { params: { workspaceId, agentId }, signal }),
    staleTime: 30_000,
  });
}

/** Replaces an agent's holiday calendars, with an optimistic update. */
export function useSetHolidayCalendars(workspaceId: string, agentId: string) {
  const client = useQueryClient();
  const { queryKey } = agentHolidayCalendarsQuery(workspaceId, agentId);
  return useMutation({
    mutationFn: ({ calendarIds, etag }: { calendarIds: string[]; etag: string | undefined }) =>
      request(putAgentHolidayCalendars, {
        params: { workspaceId, agentId },
        body: { calendarIds: calendarIds as HolidayCalendarId[] },
        ...(etag ? { ifMatch: etag } : {}),
      }),
    async onMutate({ calendarIds }) {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      if (before)
        client.setQueryData(queryKey, {
          ...before,
          data: { calendarIds: calendarIds as HolidayCalendarId[] },
        });
      return before;
    },
    onSuccess: ({ data, etag }) =>
      client.setQueryData(queryKey, (before) => before && { ...before, data, etag }),
    onError: (_error, _input, before) => {
      if (before) client.setQueryData(queryKey, before);
    },
    onSettled: () =>
      Promise.all(
        [holidayCalendarKeys.all(workspaceId), ...showingHours(workspaceId)].map((each) =>
          client.invalidateQueries({ queryKey: each }),
        ),
      ),
  });
}
