import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/workforce/media/contract";

const agent = "/api/workspaces/{workspaceId}/agents/{agentId}";

export const presignAvatar = call<typeof contract.presignAvatar>("GET", `${agent}/presigned-upload`);
export const presignAudio = call<typeof contract.presignAudio>("POST", `${agent}/presigned-upload/audio`);
export const downloadMedia = call<typeof contract.downloadMedia>("GET", `${agent}/media/{fileId}/download`);
