import { endpoint, route } from "@/lib/http/route";
import { createRole, listRoles } from "@/lib/roles/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listRoles, async ({ actor, query }) => ({ data: await getServices().roles.list(actor, query) })),
  route(createRole, ({ actor, body, now }) => getServices().roles.create(actor, body, now)),
);
