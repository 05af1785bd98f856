import { z } from "zod";
import { idSchema, instantSchema, pageOf, pageQuerySchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { AccessKeyId, RoleId } from "@/lib/platform/ids";

const shape = {
  id: uuidSchema,
  name: z.string(),
  roleId: uuidSchema.meta({ description: "What the key may do." }),
  expiresAt: instantSchema
    .optional()
    .meta({ description: "From this instant on the key is refused. Left out: it has no end." }),
  lastUsedAt: instantSchema.optional().meta({ description: "To the minute. Left out: it was never used." }),
  createdAt: instantSchema,
};

/** An access key without its secret, which is shown only on creation. */
export const accessKeySchema = z.strictObject(shape).meta({ id: "AccessKey" });

/** A new access key with its secret. */
export const newAccessKeySchema = z
  .strictObject({
    ...shape,
    key: z.string().meta({ description: "Shown this once. It is kept as a hash only." }),
  })
  .meta({ id: "NewAccessKey" });

export type AccessKey = z.output<typeof accessKeySchema>;
export type NewAccessKey = z.output<typeof newAccessKeySchema>;

const name = text({ min: 1, max: 255, trim: true });

/** Input for creating an access key. */
export const accessKeyDraftSchema = z
  .strictObject({
    name,
    roleId: idSchema<RoleId>("A role of the workspace, with no permission that its maker lacks."),
    expiresAt: z.iso
      .datetime({ offset: true, error: "must be an RFC 3339 time such as 2027-03-09T08:30:00Z." })
      .transform((value) => new Date(value))
      .optional()
      .meta({ description: "RFC 3339, in the future." }),
  })
  .meta({ id: "AccessKeyDraft" });

export type AccessKeyDraft = z.output<typeof accessKeyDraftSchema>;

const accessKeyParams = workspaceParams.extend({ accessKeyId: idSchema<AccessKeyId>("The access key.") });

const shared = { tag: "Access keys", access: members("keys.write") } as const;
const many = "/api/workspaces/{workspaceId}/access-keys";
const one = `${many}/{accessKeyId}` as const;

export const listAccessKeys = operation({
  ...shared,
  id: "listAccessKeys",
  method: "GET",
  path: many,
  summary: "List access keys",
  params: workspaceParams,
  query: pageQuerySchema,
  success: {
    status: 200,
    description: "A page of access keys, oldest first; expired ones too.",
    body: pageOf(accessKeySchema),
  },
  errors: ["InvalidPageToken"],
});

export const createAccessKey = operation({
  ...shared,
  id: "createAccessKey",
  audit: "accessKey.created",
  method: "POST",
  path: many,
  summary: "Make an access key",
  description:
    "The key goes into `Authorization: AccessKey`. Its role may allow no more than the caller's own roles do (403).",
  params: workspaceParams,
  body: accessKeyDraftSchema,
  invalid: "InvalidAccessKey",
  reads: ["Idempotency-Key"],
  shownOnce: true,
  success: { status: 201, description: "The key.", body: newAccessKeySchema, headers: ["ETag", "Location"] },
  errors: ["IdempotencyKeyReused", "IdempotencyKeyInUse"],
});

export const getAccessKey = operation({
  ...shared,
  id: "getAccessKey",
  method: "GET",
  path: one,
  summary: "Get an access key",
  params: accessKeyParams,
  reads: ["If-None-Match"],
  success: { status: 200, description: "The access key.", body: accessKeySchema, headers: ["ETag"] },
  errors: ["AccessKeyNotFound"],
});

export const patchAccessKey = operation({
  ...shared,
  id: "patchAccessKey",
  audit: "accessKey.changed",
  method: "PATCH",
  path: one,
  summary: "Rename an access key",
  description: "403 for a key that may do more than the caller.",
  params: accessKeyParams,
  reads: ["If-Match"],
  body: z.strictObject({ name: name.optional() }).meta({ id: "AccessKeyChange" }),
  invalid: "InvalidAccessKey",
  success: { status: 200, description: "The access key.", body: accessKeySchema, headers: ["ETag"] },
  errors: ["AccessKeyNotFound", "PreconditionFailed"],
});

export const deleteAccessKey = operation({
  ...shared,
  id: "deleteAccessKey",
  audit: "accessKey.revoked",
  method: "DELETE",
  path: one,
  summary: "Revoke an access key",
  description: "The next request with it is refused. 403 for a key that may do more than the caller.",
  params: accessKeyParams,
  reads: ["If-Match"],
  success: { status: 204, description: "It is revoked.", body: null },
  errors: ["AccessKeyNotFound", "PreconditionFailed"],
});
