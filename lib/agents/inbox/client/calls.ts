import type * as contract from "@/lib/agents/inbox/contract";
import { call } from "@/lib/platform/client/call";

const inbox = "/api/workspaces/{workspaceId}/inbox";

export const getInboxAvailability = call<typeof contract.getInboxAvailability>(
  "GET",
  `${inbox}/availability`,
);
export const listCandidates = call<typeof contract.listCandidates>("GET", `${inbox}/candidates`);
