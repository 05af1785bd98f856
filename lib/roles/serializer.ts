import { permissions } from "@/lib/auth/permissions";
import type { Role as RoleRow } from "@/lib/generated/prisma/client";
import type { Role } from "@/lib/roles/contract";

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
