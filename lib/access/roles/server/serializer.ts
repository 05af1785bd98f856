import type { Role } from "@/lib/access/roles/contract";
import type { Role as RoleRow } from "@/lib/generated/prisma/client";
import { permissions } from "@/lib/platform/security/permissions";

/** Serializes a role. For a managed role, `workspaces` contains only the requested one. */
export function serializeRole(row: RoleRow): Role {
  return {
    id: row.id,
    type: row.type,
    workspaces: [row.workspaceId],
    name: row.name,
    permissions: permissions.filter((permission) => row.permissions.includes(permission)),
  };
}
