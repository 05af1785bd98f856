import type * as contract from "@/lib/access/access-keys/contract";
import { call } from "@/lib/platform/client/call";

const many = "/api/workspaces/{workspaceId}/access-keys";
const one = `${many}/{accessKeyId}` as const;

export const listAccessKeys = call<typeof contract.listAccessKeys>("GET", many);
export const createAccessKey = call<typeof contract.createAccessKey>("POST", many);
export const patchAccessKey = call<typeof contract.patchAccessKey>("PATCH", one);
export const deleteAccessKey = call<typeof contract.deleteAccessKey>("DELETE", one);
export const getAccessKey = call<typeof contract.getAccessKey>("GET", one);
