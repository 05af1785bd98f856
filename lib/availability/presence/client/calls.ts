import type * as contract from "@/lib/availability/presence/contract";
import { call } from "@/lib/platform/client/call";

const sessions = "/api/workspaces/{workspaceId}/agents/{agentId}/presence/sessions";

export const listPresenceSessions = call<typeof contract.listPresenceSessions>("GET", sessions);

export const putPresenceSession = call<typeof contract.putPresenceSession>("PUT", `${sessions}/{sessionId}`);

export const deletePresenceSession = call<typeof contract.deletePresenceSession>(
  "DELETE",
  `${sessions}/{sessionId}`,
);

export const endPresenceSession = call<typeof contract.endPresenceSession>(
  "POST",
  `${sessions}/{sessionId}/end`,
);
