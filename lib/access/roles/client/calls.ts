import type * as contract from "@/lib/access/roles/contract";
import { call } from "@/lib/platform/client/call";

const many = "/api/workspaces/{workspaceId}/roles";
const one = `${many}/{roleId}` as const;

export const listRoles = call<typeof contract.listRoles>("GET", many);
export const createRole = call<typeof contract.createRole>("POST", many);
export const patchRole = call<typeof contract.patchRole>("PATCH", one);
export const deleteRole = call<typeof contract.deleteRole>("DELETE", one);
export const getRoleUsage = call<typeof contract.getRoleUsage>("GET", `${one}/usage`);
export const getRole = call<typeof contract.getRole>("GET", one);
