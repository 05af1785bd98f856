import { z } from "zod";
import { idSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation } from "@/lib/platform/http/operation";
import { agentParams } from "@/lib/platform/http/paths";
import type { MediaId } from "@/lib/platform/ids";

/** What a browser needs to post a file directly to the store. */
export const presignedUploadSchema = z
  .strictObject({
    mediaUrl: z
      .string()
      .meta({ description: "What to set `avatarUrl` or `mediaUrl` of a recording to, afterwards." }),
    fileId: uuidSchema,
    url: z.string().meta({ description: "Where to POST the form to, as multipart/form-data." }),
    formData: z.record(z.string(), z.string()).meta({
      description: "The fields of the form, to be sent as they are: an AWS4-HMAC-SHA256 POST policy.",
    }),
    expectedFields: z.array(z.string()).meta({ description: "Fields to add to the form, after the others." }),
  })
  .meta({ id: "PresignedUpload" });

export type PresignedUpload = z.output<typeof presignedUploadSchema>;

const tag = "Media";
const agent = "/api/workspaces/{workspaceId}/agents/{agentId}";
const success = {
  status: 200,
  description: "Where to post the file, during the next 10 minutes.",
  body: presignedUploadSchema,
} as const;

export const presignAvatar = operation({
  id: "presignAvatar",
  method: "GET",
  path: `${agent}/presigned-upload`,
  tag,
  summary: "Upload a picture of an agent",
  description:
    "JPEG, PNG, WebP or GIF, at most 5 MiB and 40 megapixels. An upload that is not used is removed after 24 hours.",
  access: members("agents.write", "own.write"),
  params: agentParams,
  success,
  errors: ["AgentNotFound"],
});

export const presignAudio = operation({
  id: "presignAudio",
  method: "POST",
  path: `${agent}/presigned-upload/audio`,
  tag,
  summary: "Upload a recording of an agent",
  description: "MP3, WAV, OGG or M4A, at most 20 MiB. An upload that is not used is removed after 24 hours.",
  access: members("agents.write", "own.write"),
  params: agentParams,
  success,
  errors: ["AgentNotFound"],
});

export const downloadMedia = operation({
  id: "downloadMedia",
  method: "GET",
  path: `${agent}/media/{fileId}/download`,
  tag,
  summary: "Download a picture or a recording",
  description: "The address works without credentials for 60 seconds. Pictures are WebP without metadata.",
  access: members("agents.read"),
  params: agentParams.extend({ fileId: idSchema<MediaId>("The file.") }),
  query: z.strictObject({
    size: z
      .enum(["96", "512"], { error: "must be 96 or 512." })
      .transform((size) => (size === "96" ? 96 : 512))
      .default(512)
      .meta({
        description: "Width and height of a picture; without meaning for a recording.",
        override: { type: "integer", enum: [96, 512], default: 512 },
      }),
  }),
  success: {
    status: 200,
    description: "Where the file is; for callers whose `Accept` names JSON and nothing else.",
    body: z.strictObject({ url: z.string() }),
    redirect: "Where the file is.",
  },
  errors: ["AgentNotFound", "MediaNotFound", "InsufficientStorage"],
});
