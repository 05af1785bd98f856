import type * as contract from "@/lib/hours/holiday-calendars/contract";
import { call } from "@/lib/platform/client/call";

export const listHolidayCalendars = call<typeof contract.listHolidayCalendars>(
  "GET",
  "/api/workspaces/{workspaceId}/holiday-calendars",
);
export const createHolidayCalendar = call<typeof contract.createHolidayCalendar>(
  "POST",
  "/api/workspaces/{workspaceId}/holiday-calendars",
);
export const getHolidayCalendar = call<typeof contract.getHolidayCalendar>(
  "GET",
  "/api/workspaces/{workspaceId}/holiday-calendars/{holidayCalendarId}",
);
export const patchHolidayCalendar = call<typeof contract.patchHolidayCalendar>(
  "PATCH",
  "/api/workspaces/{workspaceId}/holiday-calendars/{holidayCalendarId}",
);
export const deleteHolidayCalendar = call<typeof contract.deleteHolidayCalendar>(
  "DELETE",
  "/api/workspaces/{workspaceId}/holiday-calendars/{holidayCalendarId}",
);
export const getAgentHolidayCalendars = call<typeof contract.getAgentHolidayCalendars>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/holiday-calendars",
);
export const putAgentHolidayCalendars = call<typeof contract.putAgentHolidayCalendars>(
  "PUT",
  "/api/workspaces/{workspaceId}/agents/{agentId}/holiday-calendars",
);
