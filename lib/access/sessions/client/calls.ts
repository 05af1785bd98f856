import type * as contract from "@/lib/access/sessions/contract";
import { call } from "@/lib/platform/client/call";

export const listSessions = call<typeof contract.listSessions>("GET", "/api/sessions");
export const endSession = call<typeof contract.endSession>("DELETE", "/api/sessions/{sessionId}");
export const endOtherSessions = call<typeof contract.endOtherSessions>("POST", "/api/sessions/end-others");
