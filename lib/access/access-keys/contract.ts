import { z } from "zod";
import { idSchema, instantSchema, pageOf, pageQuerySchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { AccessKeyId, RoleId } from "@/lib/platform/ids";

const shape = {
  id: uuidSchema,
  name: z.string(),
  roleId: uuidSchema.meta({ description: "The role that determines the key's permissions." }),
  expiresAt: instantSchema
    .optional()
    .meta({ description: "The key stops working at this time. Absent if it doesn't expire." }),
  lastUsedAt: instantSchema
    .optional()
    .meta({ description: "Accurate to the minute. Absent if the key was never used." }),
  createdAt: instantSchema,
};

/** An access key without its secret, which is shown only on creation. */
export const accessKeySchema = z.strictObject(shape).meta({ id: "AccessKey" });

export const newAccessKeySchema = z
  .strictObject({
    ...shape,
    key: z.string().meta({ description: "Shown only once. Only its hash is stored." }),
  })
  .meta({ id: "NewAccessKey" });

export type AccessKey = z.output<typeof accessKeySchema>;
export type NewAccessKey = z.output<typeof newAccessKeySchema>;

const name = text({ min: 1, max: 255, trim: true });

export const accessKeyDraftSchema = z
  .strictObject({
    name,
    roleId: idSchema<RoleId>("A role of the workspace. Its permissions must be among the caller's own."),
    expiresAt: z.iso
      .datetime({ offset: true, error: "must be an RFC 3339 time such as 2027-03-09T08:30:00Z." })
      .transform((value) => new Date(value))
      .optional()
      .meta({ description: "RFC 3339, in the future." }),
  })
  .meta({ id: "AccessKeyDraft" });

export type AccessKeyDraft = z.output<typeof accessKeyDraftSchema>;

/** A change of an access key. Omitted properties stay as they are. */
export const accessKeyChangeSchema = z
  .strictObject({ name: name.optional() })
  .meta({ id: "AccessKeyChange" });

export type AccessKeyChange = z.output<typeof accessKeyChangeSchema>;

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
  success: response.ok(
    "A page of access keys, oldest first, including expired ones.",
    pageOf(accessKeySchema),
  ),
});

export const createAccessKey = operation({
  ...shared,
  id: "createAccessKey",
  audit: "accessKey.created",
  method: "POST",
  path: many,
  summary: "Create an access key",
  description:
    "Send the key as `Authorization: AccessKey <key>`. 403 if its role has permissions that the caller lacks.",
  params: workspaceParams,
  body: accessKeyDraftSchema,
  invalid: "InvalidAccessKey",
  reads: ["Idempotency-Key"],
  shownOnce: true,
  success: response.created("The key.", newAccessKeySchema),
});

export const getAccessKey = operation({
  ...shared,
  id: "getAccessKey",
  method: "GET",
  path: one,
  summary: "Get an access key",
  params: accessKeyParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The access key.", accessKeySchema),
  errors: ["AccessKeyNotFound"],
});

export const patchAccessKey = operation({
  ...shared,
  id: "patchAccessKey",
  audit: "accessKey.changed",
  method: "PATCH",
  path: one,
  summary: "Rename an access key",
  description: "403 if the key has permissions that the caller lacks.",
  params: accessKeyParams,
  reads: ["If-Match"],
  body: accessKeyChangeSchema,
  invalid: "InvalidAccessKey",
  success: response.okWithTag("The access key.", accessKeySchema),
  errors: ["AccessKeyNotFound"],
});

export const deleteAccessKey = operation({
  ...shared,
  id: "deleteAccessKey",
  audit: "accessKey.revoked",
  method: "DELETE",
  path: one,
  summary: "Revoke an access key",
  description: "The key stops working immediately. 403 if the key has permissions that the caller lacks.",
  params: accessKeyParams,
  reads: ["If-Match"],
  success: response.noContent("The access key was revoked."),
  errors: ["AccessKeyNotFound"],
});
