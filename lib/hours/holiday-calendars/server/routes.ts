import {
  assignHolidayCalendar,
  createHolidayCalendar,
  deleteHolidayCalendar,
  getAgentHolidayCalendars,
  getHolidayCalendar,
  listHolidayCalendars,
  patchHolidayCalendar,
  putAgentHolidayCalendars,
} from "@/lib/hours/holiday-calendars/contract";
import type { HolidayCalendarService } from "@/lib/hours/holiday-calendars/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ holidayCalendars: HolidayCalendarService }>();

export const holidayCalendarRoutes = [
  route(listHolidayCalendars, async ({ actor, query }, { holidayCalendars }) => ({
    data: await holidayCalendars.list(actor, query),
  })),
  route(createHolidayCalendar, ({ actor, body, now }, { holidayCalendars }) =>
    holidayCalendars.create(actor, body, now),
  ),
  route(getHolidayCalendar, ({ actor, params }, { holidayCalendars }) =>
    holidayCalendars.get(actor, params.holidayCalendarId),
  ),
  route(patchHolidayCalendar, ({ actor, params, body, ifMatch, now }, { holidayCalendars }) =>
    holidayCalendars.change(actor, params.holidayCalendarId, body, { ifMatch, now }),
  ),
  route(deleteHolidayCalendar, ({ actor, params, ifMatch, now }, { holidayCalendars }) =>
    holidayCalendars.delete(actor, params.holidayCalendarId, { ifMatch, now }),
  ),
  route(assignHolidayCalendar, async ({ actor, params, body, now }, { holidayCalendars }) => ({
    data: await holidayCalendars.assign(actor, params.holidayCalendarId, body.agentIds, now),
  })),
  route(getAgentHolidayCalendars, ({ actor, params }, { holidayCalendars }) =>
    holidayCalendars.ofAgent(actor, params.agentId),
  ),
  route(putAgentHolidayCalendars, ({ actor, params, body, ifMatch, now }, { holidayCalendars }) =>
    holidayCalendars.setOfAgent(actor, params.agentId, body, { ifMatch, now }),
  ),
];
