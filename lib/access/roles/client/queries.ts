import * as calls from "@/lib/access/roles/client/calls";
import { accessKeyKeys, agentKeys, personKeys, roleKeys } from "@/lib/platform/client/cache-keys";
import { collection, usageQuery } from "@/lib/platform/client/collection";
import { merge } from "@/lib/platform/client/list-write";

export const {
  /** All roles of the workspace, including managed ones. */
  all: allRolesQuery,
  useCreate: useCreateRole,
  useChange: useChangeRole,
  useDelete: useDeleteRole,
} = collection({
  keys: roleKeys,
  calls: {
    list: calls.listRoles,
    create: calls.createRole,
    get: calls.getRole,
    patch: calls.patchRole,
    delete: calls.deleteRole,
  },
  id: "roleId",
  optimistic: (items, { id, change }) => merge(items, id, change),
  fieldsOf: (role) => ({ ...role, permissions: [...role.permissions].sort() }),
  affects: (workspaceId) => [personKeys, accessKeyKeys, agentKeys].map(({ all }) => all(workspaceId)),
});

/** Query of how many people and access keys have a role. */
export const roleUsageQuery = usageQuery(roleKeys, calls.getRoleUsage, "roleId");
