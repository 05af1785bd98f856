import {
  createRole,
  deleteRole,
  getRole,
  getRoleUsage,
  listRoles,
  patchRole,
} from "@/lib/access/roles/contract";
import type { RoleService } from "@/lib/access/roles/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ roles: RoleService }>();

export const roleRoutes = [
  route(listRoles, async ({ actor, query }, { roles }) => ({ data: await roles.list(actor, query) })),
  route(createRole, ({ actor, body, now }, { roles }) => roles.create(actor, body, now)),
  route(getRole, ({ actor, params }, { roles }) => roles.get(actor, params.roleId)),
  route(patchRole, ({ actor, params, body, ifMatch, now }, { roles }) =>
    roles.change(actor, params.roleId, body, { ifMatch, now }),
  ),
  route(deleteRole, ({ actor, params, ifMatch, now }, { roles }) =>
    roles.delete(actor, params.roleId, { ifMatch, now }),
  ),
  route(getRoleUsage, async ({ actor, params }, { roles }) => ({
    data: await roles.usage(actor, params.roleId),
  })),
];
