import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/records/audit/contract";

export const listAuditEvents = call<typeof contract.listAuditEvents>(
  "GET",
  "/api/workspaces/{workspaceId}/audit",
);
