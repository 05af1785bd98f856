import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/platform/events/contract";

export const listEvents = call<typeof contract.listEvents>("GET", "/api/workspaces/{workspaceId}/events");
