import type * as contract from "@/lib/access/people/contract";
import { call } from "@/lib/platform/client/call";

const many = "/api/workspaces/{workspaceId}/users";
const one = `${many}/{userId}` as const;

export const listUsers = call<typeof contract.listUsers>("GET", many);
export const inviteUser = call<typeof contract.inviteUser>("POST", many);
export const patchUser = call<typeof contract.patchUser>("PATCH", one);
export const deleteUser = call<typeof contract.deleteUser>("DELETE", one);
export const createPasswordReset = call<typeof contract.createPasswordReset>("POST", `${one}/password-reset`);
export const resendInvitation = call<typeof contract.resendInvitation>("POST", `${one}/invitation`);
export const getUser = call<typeof contract.getUser>("GET", one);
export const listSuspendedAgents = call<typeof contract.listSuspendedAgents>(
  "GET",
  "/api/workspaces/{workspaceId}/suspended-agents",
);
