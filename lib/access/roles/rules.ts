import type { RoleId } from "@/lib/platform/ids";
import type { Permission } from "@/lib/platform/security/permissions";
import { permissions } from "@/lib/platform/security/permissions";

/** Managed roles, with the same ids in every workspace (docs/contract.md §6). */
export const managedRoles: readonly { id: RoleId; name: string; permissions: readonly Permission[] }[] = [
  { id: "00000000-0000-7000-8000-000000000001" as RoleId, name: "Supervisor", permissions },
  {
    id: "00000000-0000-7000-8000-000000000002" as RoleId,
    name: "Agent",
    permissions: ["agents.read", "own.write", "settings.read", "routing.read"],
  },
  {
    id: "00000000-0000-7000-8000-000000000003" as RoleId,
    name: "Viewer",
    permissions: ["agents.read", "settings.read", "routing.read"],
  },
];
