import { z } from "zod";
import {
  countSchema,
  idSchema,
  nameSchema,
  oneOf,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { permissions } from "@/lib/platform/security/permissions";

const shape = {
  id: uuidSchema,
  type: z
    .enum(["organization", "managed"])
    .meta({ description: "`organization`: custom role of the workspace. `managed`: built-in role." }),
  workspaces: z.array(uuidSchema),
};

/** A role as part of an agent. */
export const agentRoleSchema = z.strictObject(shape).meta({ id: "AgentRole" });

/** A named set of permissions. */
export const roleSchema = z
  .strictObject({ ...shape, name: z.string(), permissions: z.array(z.enum(permissions)) })
  .meta({ id: "Role" });

export type Role = z.output<typeof roleSchema>;

const grantsSchema = z
  .array(z.enum(permissions, oneOf(permissions)))
  .max(100, { error: "must have at most 100 values." })
  .meta({
    description: "All permissions of the role. The caller can grant only permissions that they have.",
  });

export const roleDraftSchema = z
  .strictObject({ name: nameSchema, permissions: grantsSchema })
  .meta({ id: "RoleDraft" });

/** A change of a role. Omitted properties stay as they are. */
export const roleChangeSchema = z
  .strictObject({ name: nameSchema, permissions: grantsSchema })
  .partial()
  .meta({ id: "RoleChange" });

/** How many people and access keys use a role. */
export const roleUsageSchema = z
  .strictObject({
    members: countSchema.meta({
      description: "People with the role, including invited and suspended people.",
    }),
    membersWithoutOther: countSchema.meta({ description: "People who have no other role." }),
    accessKeys: countSchema.meta({ description: "Access keys with the role." }),
  })
  .meta({ id: "RoleUsage" });

export type RoleDraft = z.output<typeof roleDraftSchema>;
export type RoleChange = z.output<typeof roleChangeSchema>;
export type RoleUsage = z.output<typeof roleUsageSchema>;

const collection = "/api/workspaces/{workspaceId}/roles";
const one = `${collection}/{roleId}` as const;
const roleParams = workspaceParams.extend({ roleId: idSchema("The role.") });
const shared = { tag: "Roles", access: members("settings.read") } as const;
const written = { tag: "Roles", access: members("settings.write") } as const;

export const listRoles = operation({
  ...shared,
  id: "listRoles",
  method: "GET",
  path: collection,
  summary: "List roles",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of roles, oldest first.", pageOf(roleSchema)),
});

export const getRole = operation({
  ...shared,
  id: "getRole",
  method: "GET",
  path: one,
  summary: "Get a role",
  params: roleParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The role.", roleSchema),
  errors: ["RoleNotFound"],
});

export const createRole = operation({
  ...written,
  id: "createRole",
  audit: "role.created",
  method: "POST",
  path: collection,
  summary: "Create a role",
  description: "403 for a permission that the caller lacks.",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: roleDraftSchema,
  invalid: "InvalidRole",
  success: response.created("The new role.", roleSchema),
});

export const patchRole = operation({
  ...written,
  id: "patchRole",
  audit: "role.changed",
  method: "PATCH",
  path: one,
  summary: "Change a role",
  description:
    "403 if the role, before or after the change, has a permission that the caller lacks. Also 403 for a change of permissions if a person with the role has permissions that the caller lacks. Takes effect with the next request of everyone with the role.",
  params: roleParams,
  reads: ["If-Match"],
  body: roleChangeSchema,
  invalid: "InvalidRole",
  success: response.okWithTag("The role after the change.", roleSchema),
  errors: ["RoleNotFound", "ManagedRole"],
});

export const deleteRole = operation({
  ...written,
  id: "deleteRole",
  audit: "role.deleted",
  method: "DELETE",
  path: one,
  summary: "Delete a role",
  description:
    "People lose the role and stay in the workspace. Access keys with the role are revoked. 403 if the role, or a person with the role, has permissions that the caller lacks.",
  params: roleParams,
  reads: ["If-Match"],
  success: response.noContent("The role was deleted."),
  errors: ["RoleNotFound", "ManagedRole"],
});

export const getRoleUsage = operation({
  ...written,
  id: "getRoleUsage",
  method: "GET",
  path: `${one}/usage`,
  summary: "Count the uses of a role",
  description: "The number of people and access keys with the role.",
  params: roleParams,
  success: response.ok("What deleting the role would affect.", roleUsageSchema),
  errors: ["RoleNotFound"],
});
