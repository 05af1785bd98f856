import type * as contract from "@/lib/hours/holiday-calendars/contract";
import { call } from "@/lib/platform/client/call";

const many = "/api/workspaces/{workspaceId}/holiday-calendars";
const one = `${many}/{holidayCalendarId}` as const;
const ofAgent = "/api/workspaces/{workspaceId}/agents/{agentId}/holiday-calendars";

export const listHolidayCalendars = call<typeof contract.listHolidayCalendars>("GET", many);
export const createHolidayCalendar = call<typeof contract.createHolidayCalendar>("POST", many);
export const getHolidayCalendar = call<typeof contract.getHolidayCalendar>("GET", one);
export const patchHolidayCalendar = call<typeof contract.patchHolidayCalendar>("PATCH", one);
export const deleteHolidayCalendar = call<typeof contract.deleteHolidayCalendar>("DELETE", one);
export const getAgentHolidayCalendars = call<typeof contract.getAgentHolidayCalendars>("GET", ofAgent);
export const putAgentHolidayCalendars = call<typeof contract.putAgentHolidayCalendars>("PUT", ofAgent);
