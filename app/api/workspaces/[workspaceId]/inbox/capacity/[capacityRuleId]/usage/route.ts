import { getCapacityRuleUsage } from "@/lib/capacity/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getCapacityRuleUsage, async ({ actor, params }) => ({
    data: await getServices().capacity.usage(actor, params.capacityRuleId),
  })),
);
