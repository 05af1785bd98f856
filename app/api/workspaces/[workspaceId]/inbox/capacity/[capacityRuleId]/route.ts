import { deleteCapacityRule, getCapacityRule, patchCapacityRule } from "@/lib/capacity/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getCapacityRule, async ({ actor, params }) => ({
    data: await getServices().capacity.get(actor, params.capacityRuleId),
  })),
  route(patchCapacityRule, async ({ actor, params, body, now }) => ({
    data: await getServices().capacity.change(actor, params.capacityRuleId, body, now),
  })),
  route(deleteCapacityRule, ({ actor, params, now }) =>
    getServices().capacity.delete(actor, params.capacityRuleId, now),
  ),
);
