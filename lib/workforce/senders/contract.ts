import { z } from "zod";
import {
  countSchema,
  idSchema,
  nameSchema,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";

/** Sender name and address of outgoing messages. */
export const senderProfileSchema = z
  .strictObject({
    id: uuidSchema,
    name: z.string(),
    email: z.strictObject({ username: z.string(), domain: z.string() }),
    signature: z.string().optional(),
  })
  .meta({ id: "SenderProfile" });

export type SenderProfile = z.output<typeof senderProfileSchema>;

/**
 * The local part of an email address: a dot-atom (RFC 5322) of at most 64 characters (RFC 5321 §4.5.3.1.1).
 */
const usernameSchema = z
  .string()
  .max(64, { error: "must have at most 64 characters." })
  .regex(/^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/, {
    error: "must be the part of an email address before the @, such as support.",
  });

/** A host name (RFC 1123) with at least one dot, in ASCII; international names in xn-- form. */
const domainSchema = z
  .string()
  .max(253, { error: "must have at most 253 characters." })
  .regex(/^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]([a-z\d-]{0,61}[a-z\d])?$/i, {
    error: "must be an ASCII domain such as mail.example.com. Write other letters in xn-- form.",
  });

const senderInput = {
  name: nameSchema,
  email: z
    .strictObject({ username: usernameSchema, domain: domainSchema })
    .meta({ description: "Replaced as a whole." }),
};
const signatureSchema = text({ max: 10_000 });

export const senderProfileDraftSchema = z
  .strictObject({ ...senderInput, signature: signatureSchema.optional() })
  .meta({ id: "SenderProfileDraft" });

/** A change of a sender profile. Omitted properties stay as they are; `null` clears the signature. */
export const senderProfileChangeSchema = z
  .strictObject({
    name: senderInput.name.optional(),
    email: senderInput.email.optional(),
    signature: signatureSchema.nullable().optional(),
  })
  .meta({ id: "SenderProfileChange" });

/** Agents that use a sender profile. */
export const senderProfileUsageSchema = z
  .strictObject({ agents: countSchema.meta({ description: "Agents with this default sender." }) })
  .meta({ id: "SenderProfileUsage" });

export type SenderProfileDraft = z.output<typeof senderProfileDraftSchema>;
export type SenderProfileChange = z.output<typeof senderProfileChangeSchema>;
export type SenderProfileUsage = z.output<typeof senderProfileUsageSchema>;

const collection = "/api/workspaces/{workspaceId}/inbox/sender-profiles";
const one = `${collection}/{senderProfileId}` as const;
const senderProfileParams = workspaceParams.extend({ senderProfileId: idSchema("The sender profile.") });
const shared = { tag: "Sender profiles", access: members("settings.read") } as const;
const written = { tag: "Sender profiles", access: members("settings.write") } as const;

export const listSenderProfiles = operation({
  ...shared,
  id: "listSenderProfiles",
  method: "GET",
  path: collection,
  summary: "List sender profiles",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of profiles, oldest first.", pageOf(senderProfileSchema)),
});

export const getSenderProfile = operation({
  ...shared,
  id: "getSenderProfile",
  method: "GET",
  path: one,
  summary: "Get a sender profile",
  params: senderProfileParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The profile.", senderProfileSchema),
  errors: ["SenderProfileNotFound"],
});

export const createSenderProfile = operation({
  ...written,
  id: "createSenderProfile",
  audit: "senderProfile.created",
  method: "POST",
  path: collection,
  summary: "Create a sender profile",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: senderProfileDraftSchema,
  invalid: "InvalidSenderProfile",
  success: response.created("The new sender profile.", senderProfileSchema),
});

export const patchSenderProfile = operation({
  ...written,
  id: "patchSenderProfile",
  audit: "senderProfile.changed",
  method: "PATCH",
  path: one,
  summary: "Change a sender profile",
  params: senderProfileParams,
  reads: ["If-Match"],
  body: senderProfileChangeSchema,
  invalid: "InvalidSenderProfile",
  success: response.okWithTag("The sender profile after the change.", senderProfileSchema),
  errors: ["SenderProfileNotFound"],
});

export const deleteSenderProfile = operation({
  ...written,
  id: "deleteSenderProfile",
  audit: "senderProfile.deleted",
  method: "DELETE",
  path: one,
  summary: "Delete a sender profile",
  description: "Agents with this default sender will have none.",
  params: senderProfileParams,
  reads: ["If-Match"],
  success: response.noContent("The sender profile was deleted."),
  errors: ["SenderProfileNotFound"],
});

export const getSenderProfileUsage = operation({
  ...written,
  id: "getSenderProfileUsage",
  method: "GET",
  path: `${one}/usage`,
  summary: "Count the uses of a sender profile",
  description: "The number of agents with this default sender.",
  params: senderProfileParams,
  success: response.ok("What deleting the sender profile would affect.", senderProfileUsageSchema),
  errors: ["SenderProfileNotFound"],
});
