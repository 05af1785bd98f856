import type * as contract from "@/lib/hours/time-off/contract";
import type * as feeds from "@/lib/hours/time-off/feeds-contract";
import type * as types from "@/lib/hours/time-off/types-contract";
import { call } from "@/lib/platform/client/call";

const manyTypes = "/api/workspaces/{workspaceId}/time-off-types";
const oneType = `${manyTypes}/{timeOffTypeId}` as const;
const agent = "/api/workspaces/{workspaceId}/agents/{agentId}";
const one = `${agent}/time-off/{timeOffId}` as const;
const manyFeeds = `${agent}/calendar-feeds` as const;

export const listTimeOffTypes = call<typeof types.listTimeOffTypes>("GET", manyTypes);
export const createTimeOffType = call<typeof types.createTimeOffType>("POST", manyTypes);
export const getTimeOffType = call<typeof types.getTimeOffType>("GET", oneType);
export const patchTimeOffType = call<typeof types.patchTimeOffType>("PATCH", oneType);
export const deleteTimeOffType = call<typeof types.deleteTimeOffType>("DELETE", oneType);
export const listTimeOff = call<typeof contract.listTimeOff>("GET", "/api/workspaces/{workspaceId}/time-off");
export const createTimeOff = call<typeof contract.createTimeOff>("POST", `${agent}/time-off`);
export const getTimeOff = call<typeof contract.getTimeOff>("GET", one);
export const patchTimeOff = call<typeof contract.patchTimeOff>("PATCH", one);
export const approveTimeOff = call<typeof contract.approveTimeOff>("POST", `${one}/approve`);
export const declineTimeOff = call<typeof contract.declineTimeOff>("POST", `${one}/decline`);
export const cancelTimeOff = call<typeof contract.cancelTimeOff>("POST", `${one}/cancel`);
export const listCalendarFeeds = call<typeof feeds.listCalendarFeeds>("GET", manyFeeds);
export const createCalendarFeed = call<typeof feeds.createCalendarFeed>("POST", manyFeeds);
export const deleteCalendarFeed = call<typeof feeds.deleteCalendarFeed>(
  "DELETE",
  `${manyFeeds}/{calendarFeedId}`,
);
