import { z } from "zod";
import { idSchema, pageOf, pageQuerySchema, uuidSchema } from "@/lib/http/fields";
import { members, operation } from "@/lib/http/operation";
import { workspaceParams } from "@/lib/http/paths";

/** Whom a message comes from. */
export const senderProfileSchema = z
  .strictObject({
    id: uuidSchema,
    name: z.string(),
    email: z.strictObject({ username: z.string(), domain: z.string() }),
    signature: z.string().optional(),
  })
  .meta({ id: "SenderProfile" });

export type SenderProfile = z.output<typeof senderProfileSchema>;

const shared = { tag: "Sender profiles", access: members("settings.read") } as const;

export const listSenderProfiles = operation({
  ...shared,
  id: "listSenderProfiles",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/sender-profiles",
  summary: "List sender profiles",
  params: workspaceParams,
  query: pageQuerySchema,
  success: {
    status: 200,
    description: "A page of profiles, oldest first.",
    body: pageOf(senderProfileSchema),
  },
  errors: ["InvalidPageToken"],
});

export const getSenderProfile = operation({
  ...shared,
  id: "getSenderProfile",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/sender-profiles/{senderProfileId}",
  summary: "Get a sender profile",
  params: workspaceParams.extend({ senderProfileId: idSchema("The sender profile.") }),
  success: { status: 200, description: "The profile.", body: senderProfileSchema },
  errors: ["SenderProfileNotFound"],
});
