import { endpoint, route } from "@/lib/http/route";
import { getRoleUsage } from "@/lib/roles/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getRoleUsage, async ({ actor, params }) => ({
    data: await getServices().roles.usage(actor, params.roleId),
  })),
);
