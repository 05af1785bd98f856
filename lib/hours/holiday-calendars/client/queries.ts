import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import * as calls from "@/lib/hours/holiday-calendars/client/calls";
import type { HolidayCalendarId } from "@/lib/hours/holiday-calendars/contract";
import { holidayCalendarKeys, hoursKeys, showingHours } from "@/lib/platform/client/cache-keys";
import { collection } from "@/lib/platform/client/collection";
import { request } from "@/lib/platform/client/request";

export const {
  /** Query of all holiday calendars, oldest first. */
  all: allHolidayCalendarsQuery,
  useCreate: useCreateHolidayCalendar,
  useChange: useChangeHolidayCalendar,
  useDelete: useDeleteHolidayCalendar,
} = collection({
  keys: holidayCalendarKeys,
  calls: {
    list: calls.listHolidayCalendars,
    create: calls.createHolidayCalendar,
    get: calls.getHolidayCalendar,
    patch: calls.patchHolidayCalendar,
    delete: calls.deleteHolidayCalendar,
  },
  id: "holidayCalendarId",
  affects: showingHours,
});

/** Query of an agent's holiday calendars, with their entity tag. */
export function agentHolidayCalendarsQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    queryKey: hoursKeys.holidayCalendars(workspaceId, agentId),
    queryFn: ({ signal }) =>
      request(calls.getAgentHolidayCalendars, { params: { workspaceId, agentId }, signal }),
    staleTime: 30_000,
  });
}

/** Replaces an agent's holiday calendars, with an optimistic update. */
export function useSetHolidayCalendars(workspaceId: string, agentId: string) {
  const client = useQueryClient();
  const { queryKey } = agentHolidayCalendarsQuery(workspaceId, agentId);
  return useMutation({
    mutationFn: ({ calendarIds, etag }: { calendarIds: string[]; etag: string | undefined }) =>
      request(calls.putAgentHolidayCalendars, {
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
