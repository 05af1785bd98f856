import { listCapacityRules } from "@/lib/capacity/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listCapacityRules, async ({ actor, query }) => ({
    data: await getServices().capacity.list(actor, query),
  })),
);
