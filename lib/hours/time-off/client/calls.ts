import type * as contract from "@/lib/hours/time-off/contract";
import type * as feeds from "@/lib/hours/time-off/feeds-contract";
import type * as types from "@/lib/hours/time-off/types-contract";
import { call } from "@/lib/platform/client/call";

export const listTimeOffTypes = call<typeof types.listTimeOffTypes>(
  "GET",
  "/api/workspaces/{workspaceId}/time-off-types",
);
export const createTimeOffType = call<typeof types.createTimeOffType>(
  "POST",
  "/api/workspaces/{workspaceId}/time-off-types",
);
export const getTimeOffType = call<typeof types.getTimeOffType>(
  "GET",
  "/api/workspaces/{workspaceId}/time-off-types/{timeOffTypeId}",
);
export const patchTimeOffType = call<typeof types.patchTimeOffType>(
  "PATCH",
  "/api/workspaces/{workspaceId}/time-off-types/{timeOffTypeId}",
);
export const deleteTimeOffType = call<typeof types.deleteTimeOffType>(
  "DELETE",
  "/api/workspaces/{workspaceId}/time-off-types/{timeOffTypeId}",
);
export const listTimeOff = call<typeof contract.listTimeOff>("GET", "/api/workspaces/{workspaceId}/time-off");
export const createTimeOff = call<typeof contract.createTimeOff>(
  "POST",
  "/api/workspaces/{workspaceId}/agents/{agentId}/time-off",
);
export const getTimeOff = call<typeof contract.getTimeOff>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/time-off/{timeOffId}",
);
export const patchTimeOff = call<typeof contract.patchTimeOff>(
  "PATCH",
  "/api/workspaces/{workspaceId}/agents/{agentId}/time-off/{timeOffId}",
);
export const approveTimeOff = call<typeof contract.approveTimeOff>(
  "POST",
  "/api/workspaces/{workspaceId}/agents/{agentId}/time-off/{timeOffId}/approve",
);
export const declineTimeOff = call<typeof contract.declineTimeOff>(
  "POST",
  "/api/workspaces/{workspaceId}/agents/{agentId}/time-off/{timeOffId}/decline",
);
export const cancelTimeOff = call<typeof contract.cancelTimeOff>(
  "POST",
  "/api/workspaces/{workspaceId}/agents/{agentId}/time-off/{timeOffId}/cancel",
);
export const listCalendarFeeds = call<typeof feeds.listCalendarFeeds>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/calendar-feeds",
);
export const createCalendarFeed = call<typeof feeds.createCalendarFeed>(
  "POST",
  "/api/workspaces/{workspaceId}/agents/{agentId}/calendar-feeds",
);
export const deleteCalendarFeed = call<typeof feeds.deleteCalendarFeed>(
  "DELETE",
  "/api/workspaces/{workspaceId}/agents/{agentId}/calendar-feeds/{calendarFeedId}",
);
