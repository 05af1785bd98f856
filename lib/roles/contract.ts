import { z } from "zod";
import { permissions } from "@/lib/auth/permissions";
import { idSchema, pageOf, pageQuerySchema, uuidSchema } from "@/lib/http/fields";
import { members, operation } from "@/lib/http/operation";
import { workspaceParams } from "@/lib/http/paths";

const shape = {
  id: uuidSchema,
  type: z
    .enum(["organization", "managed"])
    .meta({ description: "`organization`: made here. `managed`: comes with the product." }),
  workspaces: z.array(uuidSchema),
};

/** A role as an agent carries it. */
export const agentRoleSchema = z.strictObject(shape).meta({ id: "AgentRole" });

/** A named set of permissions. */
export const roleSchema = z
  .strictObject({ ...shape, name: z.string(), permissions: z.array(z.enum(permissions)) })
  .meta({ id: "Role" });

export type Role = z.output<typeof roleSchema>;

const shared = { tag: "Roles", access: members("settings.read") } as const;

export const listRoles = operation({
  ...shared,
  id: "listRoles",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/roles",
  summary: "List roles",
  params: workspaceParams,
  query: pageQuerySchema,
  success: { status: 200, description: "A page of roles, oldest first.", body: pageOf(roleSchema) },
  errors: ["InvalidPageToken"],
});

export const getRole = operation({
  ...shared,
  id: "getRole",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/roles/{roleId}",
  summary: "Get a role",
  params: workspaceParams.extend({ roleId: idSchema("The role.") }),
  success: { status: 200, description: "The role.", body: roleSchema },
  errors: ["RoleNotFound"],
});
