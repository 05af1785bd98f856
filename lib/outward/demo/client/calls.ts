import type * as contract from "@/lib/outward/demo/contract";
import { call } from "@/lib/platform/client/call";

const path = "/api/workspaces/{workspaceId}/demo";

export const getDemo = call<typeof contract.getDemo>("GET", path);
export const patchDemo = call<typeof contract.patchDemo>("PATCH", path);
