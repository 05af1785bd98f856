import type { Role } from "@/lib/access/roles/contract";
import type { Role as RoleRow } from "@/lib/generated/prisma/client";
import { permissions } from "@/lib/platform/security/permissions";

/** A role as the API shows it: a managed one names just the workspace asked in. */
export function serializeRole(row: RoleRow): Role {
  return {
    id: row.id,
    type: row.type,
    workspaces: [row.workspaceId],
    name: row.name,
    permissions: permissions.filter((permission) => row.permissions.includes(permission)),
  };
}
