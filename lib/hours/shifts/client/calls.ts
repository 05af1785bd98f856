import type * as contract from "@/lib/hours/shifts/contract";
import type * as hours from "@/lib/hours/shifts/hours-contract";
import type * as rotations from "@/lib/hours/shifts/rotations-contract";
import type * as swaps from "@/lib/hours/shifts/swaps-contract";
import { call } from "@/lib/platform/client/call";

export const listShifts = call<typeof contract.listShifts>("GET", "/api/workspaces/{workspaceId}/shifts");
export const createShift = call<typeof contract.createShift>("POST", "/api/workspaces/{workspaceId}/shifts");
export const getShift = call<typeof contract.getShift>(
  "GET",
  "/api/workspaces/{workspaceId}/shifts/{shiftId}",
);
export const patchShift = call<typeof contract.patchShift>(
  "PATCH",
  "/api/workspaces/{workspaceId}/shifts/{shiftId}",
);
export const deleteShift = call<typeof contract.deleteShift>(
  "DELETE",
  "/api/workspaces/{workspaceId}/shifts/{shiftId}",
);
export const listRotations = call<typeof rotations.listRotations>(
  "GET",
  "/api/workspaces/{workspaceId}/rotations",
);
export const createRotation = call<typeof rotations.createRotation>(
  "POST",
  "/api/workspaces/{workspaceId}/rotations",
);
export const getRotation = call<typeof rotations.getRotation>(
  "GET",
  "/api/workspaces/{workspaceId}/rotations/{rotationId}",
);
export const patchRotation = call<typeof rotations.patchRotation>(
  "PATCH",
  "/api/workspaces/{workspaceId}/rotations/{rotationId}",
);
export const putRotationMembers = call<typeof rotations.putRotationMembers>(
  "PUT",
  "/api/workspaces/{workspaceId}/rotations/{rotationId}/members",
);
export const deleteRotation = call<typeof rotations.deleteRotation>(
  "DELETE",
  "/api/workspaces/{workspaceId}/rotations/{rotationId}",
);
export const listShiftSwaps = call<typeof swaps.listShiftSwaps>(
  "GET",
  "/api/workspaces/{workspaceId}/shift-swaps",
);
export const createShiftSwap = call<typeof swaps.createShiftSwap>(
  "POST",
  "/api/workspaces/{workspaceId}/shift-swaps",
);
export const acceptShiftSwap = call<typeof swaps.acceptShiftSwap>(
  "POST",
  "/api/workspaces/{workspaceId}/shift-swaps/{shiftSwapId}/accept",
);
export const approveShiftSwap = call<typeof swaps.approveShiftSwap>(
  "POST",
  "/api/workspaces/{workspaceId}/shift-swaps/{shiftSwapId}/approve",
);
export const declineShiftSwap = call<typeof swaps.declineShiftSwap>(
  "POST",
  "/api/workspaces/{workspaceId}/shift-swaps/{shiftSwapId}/decline",
);
export const cancelShiftSwap = call<typeof swaps.cancelShiftSwap>(
  "POST",
  "/api/workspaces/{workspaceId}/shift-swaps/{shiftSwapId}/cancel",
);
export const getCalendarPolicy = call<typeof swaps.getCalendarPolicy>(
  "GET",
  "/api/workspaces/{workspaceId}/calendar-policy",
);
export const patchCalendarPolicy = call<typeof swaps.patchCalendarPolicy>(
  "PATCH",
  "/api/workspaces/{workspaceId}/calendar-policy",
);
export const listAgentShifts = call<typeof hours.listAgentShifts>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/shifts",
);
