import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/workforce/senders/contract";

const many = "/api/workspaces/{workspaceId}/inbox/sender-profiles";
const one = `${many}/{senderProfileId}` as const;

export const listSenderProfiles = call<typeof contract.listSenderProfiles>("GET", many);
export const createSenderProfile = call<typeof contract.createSenderProfile>("POST", many);
export const patchSenderProfile = call<typeof contract.patchSenderProfile>("PATCH", one);
export const deleteSenderProfile = call<typeof contract.deleteSenderProfile>("DELETE", one);
export const getSenderProfileUsage = call<typeof contract.getSenderProfileUsage>("GET", `${one}/usage`);
export const getSenderProfile = call<typeof contract.getSenderProfile>("GET", one);
