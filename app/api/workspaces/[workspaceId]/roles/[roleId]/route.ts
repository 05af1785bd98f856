import { endpoint, route } from "@/lib/http/route";
import { getRole } from "@/lib/roles/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getRole, async ({ actor, params }) => ({
    data: await getServices().roles.get(actor, params.roleId),
  })),
);
