import type * as contract from "@/lib/agents/views/contract";
import { call } from "@/lib/platform/client/call";

const many = "/api/workspaces/{workspaceId}/views";
const one = `${many}/{viewId}` as const;

export const listViews = call<typeof contract.listViews>("GET", many);
export const createView = call<typeof contract.createView>("POST", many);
export const patchView = call<typeof contract.patchView>("PATCH", one);
export const deleteView = call<typeof contract.deleteView>("DELETE", one);
