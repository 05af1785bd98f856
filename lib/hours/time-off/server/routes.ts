import {
  approveTimeOff,
  cancelTimeOff,
  createTimeOff,
  declineTimeOff,
  deleteTimeOff,
  getTimeOff,
  listTimeOff,
  patchTimeOff,
} from "@/lib/hours/time-off/contract";
import {
  createCalendarFeed,
  deleteCalendarFeed,
  listCalendarFeeds,
  readCalendarFeed,
} from "@/lib/hours/time-off/feeds-contract";
import { importTimeOff } from "@/lib/hours/time-off/import-contract";
import type { CalendarFeedService } from "@/lib/hours/time-off/server/feeds-service";
import type { TimeOffImportService } from "@/lib/hours/time-off/server/import";
import type { TimeOffService } from "@/lib/hours/time-off/server/service";
import type { TimeOffTypeService } from "@/lib/hours/time-off/server/types-service";
import {
  createTimeOffType,
  deleteTimeOffType,
  getTimeOffType,
  listTimeOffTypes,
  patchTimeOffType,
} from "@/lib/hours/time-off/types-contract";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{
  timeOff: TimeOffService;
  timeOffTypes: TimeOffTypeService;
  timeOffImport: TimeOffImportService;
  calendarFeeds: CalendarFeedService;
}>();

export const timeOffRoutes = [
  route(listTimeOffTypes, async ({ actor, query }, { timeOffTypes }) => ({
    data: await timeOffTypes.list(actor, query),
  })),
  route(createTimeOffType, ({ actor, body, now }, { timeOffTypes }) => timeOffTypes.create(actor, body, now)),
  route(getTimeOffType, ({ actor, params }, { timeOffTypes }) =>
    timeOffTypes.get(actor, params.timeOffTypeId),
  ),
  route(patchTimeOffType, ({ actor, params, body, ifMatch, now }, { timeOffTypes }) =>
    timeOffTypes.change(actor, params.timeOffTypeId, body, { ifMatch, now }),
  ),
  route(deleteTimeOffType, ({ actor, params, ifMatch }, { timeOffTypes }) =>
    timeOffTypes.delete(actor, params.timeOffTypeId, ifMatch),
  ),
  route(listTimeOff, async ({ actor, query }, { timeOff }) => ({ data: await timeOff.list(actor, query) })),
  route(createTimeOff, ({ actor, params, body, now }, { timeOff }) =>
    timeOff.create(actor, params.agentId, body, now),
  ),
  route(getTimeOff, ({ actor, params }, { timeOff }) => timeOff.get(actor, params.agentId, params.timeOffId)),
  route(patchTimeOff, ({ actor, params, body, ifMatch, now }, { timeOff }) =>
    timeOff.change(actor, params.agentId, params.timeOffId, body, { ifMatch, now }),
  ),
  route(deleteTimeOff, ({ actor, params, ifMatch, now }, { timeOff }) =>
    timeOff.delete(actor, params.agentId, params.timeOffId, { ifMatch, now }),
  ),
  route(approveTimeOff, ({ actor, params, body, now }, { timeOff }) =>
    timeOff.approve(actor, params.agentId, params.timeOffId, body, now),
  ),
  route(declineTimeOff, ({ actor, params, body, now }, { timeOff }) =>
    timeOff.decline(actor, params.agentId, params.timeOffId, body, now),
  ),
  route(cancelTimeOff, ({ actor, params, body, now }, { timeOff }) =>
    timeOff.cancel(actor, params.agentId, params.timeOffId, body, now),
  ),
  route(importTimeOff, async ({ actor, params, body, now }, { timeOffImport }) => ({
    data: await timeOffImport.import(actor, params.agentId, body, now),
  })),
  route(listCalendarFeeds, async ({ actor, params }, { calendarFeeds }) => ({
    data: await calendarFeeds.list(actor, params.agentId),
  })),
  route(createCalendarFeed, ({ actor, params, body, now }, { calendarFeeds }) =>
    calendarFeeds.create(actor, params.agentId, body, now),
  ),
  route(deleteCalendarFeed, ({ actor, params, now }, { calendarFeeds }) =>
    calendarFeeds.delete(actor, params.agentId, params.calendarFeedId, now),
  ),
  route(readCalendarFeed, ({ params, now }, { calendarFeeds }) => calendarFeeds.read(params.file, now)),
];
