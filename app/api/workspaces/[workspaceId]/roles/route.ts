import { endpoint, route } from "@/lib/http/route";
import { listRoles } from "@/lib/roles/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listRoles, async ({ actor, query }) => ({ data: await getServices().roles.list(actor, query) })),
);
