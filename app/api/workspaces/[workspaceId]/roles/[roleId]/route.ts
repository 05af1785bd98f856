import { endpoint, route } from "@/lib/http/route";
import { deleteRole, getRole, patchRole } from "@/lib/roles/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getRole, async ({ actor, params }) => ({
    data: await getServices().roles.get(actor, params.roleId),
  })),
  route(patchRole, async ({ actor, params, body, now }) => ({
    data: await getServices().roles.change(actor, params.roleId, body, now),
  })),
  route(deleteRole, ({ actor, params }) => getServices().roles.delete(actor, params.roleId)),
);
