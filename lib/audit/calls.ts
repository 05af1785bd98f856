import type * as contract from "@/lib/audit/contract";
import { call } from "@/lib/http/call";

export const listAuditEvents = call<typeof contract.listAuditEvents>(
  "GET",
  "/api/workspaces/{workspaceId}/audit",
);
