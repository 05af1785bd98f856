import { z } from "zod";
import { idSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation } from "@/lib/platform/http/operation";
import { agentParams } from "@/lib/platform/http/paths";
import type { MediaId } from "@/lib/platform/ids";

/** The upload URL and form fields for posting a file directly to the store. */
export const presignedUploadSchema = z
  .strictObject({
    mediaUrl: z.string().meta({
      description: "After the upload, set `avatarUrl` or the `mediaUrl` of a recording to this value.",
    }),
    fileId: uuidSchema,
    url: z.string().meta({ description: "POST the form to this address as multipart/form-data." }),
    formData: z.record(z.string(), z.string()).meta({
      description: "The fields of the form, an AWS4-HMAC-SHA256 POST policy. Send them unchanged.",
    }),
    expectedFields: z.array(z.string()).meta({ description: "Fields to add to the end of the form." }),
  })
  .meta({ id: "PresignedUpload" });

export type PresignedUpload = z.output<typeof presignedUploadSchema>;

const tag = "Media";
const agent = "/api/workspaces/{workspaceId}/agents/{agentId}";
const success = {
  status: 200,
  description: "Where to post the file. Expires after 10 minutes.",
  body: presignedUploadSchema,
} as const;

export const presignAvatar = operation({
  id: "presignAvatar",
  method: "GET",
  path: `${agent}/presigned-upload`,
  tag,
  summary: "Upload a picture for an agent",
  description:
    "JPEG, PNG, WebP or GIF, at most 5 MiB and 40 megapixels. An unused upload is deleted after 24 hours.",
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
  summary: "Upload a recording for an agent",
  description: "MP3, WAV, OGG or M4A, at most 20 MiB. An unused upload is deleted after 24 hours.",
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
        description: "Width and height of a picture in pixels. Ignored for a recording.",
        override: { type: "integer", enum: [96, 512], default: 512 },
      }),
  }),
  success: {
    status: 200,
    description: "The address of the file, for requests whose `Accept` is only JSON.",
    body: z.strictObject({ url: z.string() }),
    redirect: "The address of the file.",
  },
  errors: ["AgentNotFound", "MediaNotFound", "InsufficientStorage"],
});
