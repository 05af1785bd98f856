import type { z } from "zod";
import {
  createHolidayCalendar,
  deleteHolidayCalendar,
  getHolidayCalendar,
  patchHolidayCalendar,
} from "@/lib/hours/holiday-calendars/client/calls";
import type {
  HolidayCalendar,
  holidayCalendarChangeSchema,
  holidayCalendarDraftSchema,
} from "@/lib/hours/holiday-calendars/contract";
import { holidayCalendarKeys, showingHours } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { put, useListWrite, without } from "@/lib/platform/client/list-write";
import { request } from "@/lib/platform/client/request";

const touched = (workspaceId: string) => [holidayCalendarKeys.all(workspaceId), ...showingHours(workspaceId)];

export function useCreateHolidayCalendar(workspaceId: string) {
  return useListWrite<HolidayCalendar, z.input<typeof holidayCalendarDraftSchema>, HolidayCalendar>({
    list: holidayCalendarKeys.list(workspaceId),
    write: async (body) => (await request(createHolidayCalendar, { params: { workspaceId }, body })).data,
    settle: put,
    touches: touched(workspaceId),
  });
}

type HolidayCalendarWrite = Guarded<HolidayCalendar, z.input<typeof holidayCalendarChangeSchema>>;

export function useChangeHolidayCalendar(workspaceId: string) {
  return useListWrite<HolidayCalendar, HolidayCalendarWrite, HolidayCalendar>({
    list: holidayCalendarKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, holidayCalendarId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getHolidayCalendar, { params }),
        async (ifMatch) =>
          (await request(patchHolidayCalendar, { params, body: guarded.change, ifMatch })).data,
      );
    },
    settle: put,
    touches: touched(workspaceId),
  });
}

export function useDeleteHolidayCalendar(workspaceId: string) {
  return useListWrite<HolidayCalendar, string, void>({
    list: holidayCalendarKeys.list(workspaceId),
    write: async (holidayCalendarId) => {
      await request(deleteHolidayCalendar, { params: { workspaceId, holidayCalendarId } });
    },
    optimistic: without,
    touches: touched(workspaceId),
  });
}
