import { route } from "@/lib/http/route";
import { createRole, deleteRole, getRole, getRoleUsage, listRoles, patchRole } from "@/lib/roles/contract";

export const roleRoutes = [
  route(listRoles, async ({ actor, query }, { roles }) => ({ data: await roles.list(actor, query) })),
  route(createRole, ({ actor, body, now }, { roles }) => roles.create(actor, body, now)),
  route(getRole, async ({ actor, params }, { roles }) => ({ data: await roles.get(actor, params.roleId) })),
  route(patchRole, async ({ actor, params, body, now }, { roles }) => ({
    data: await roles.change(actor, params.roleId, body, now),
  })),
  route(deleteRole, ({ actor, params, now }, { roles }) => roles.delete(actor, params.roleId, now)),
  route(getRoleUsage, async ({ actor, params }, { roles }) => ({
    data: await roles.usage(actor, params.roleId),
  })),
];
