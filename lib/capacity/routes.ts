import {
  createCapacityRule,
  deleteCapacityRule,
  getCapacityRule,
  getCapacityRuleUsage,
  listCapacityRules,
  patchCapacityRule,
} from "@/lib/capacity/contract";
import { route } from "@/lib/http/route";

export const capacityRoutes = [
  route(listCapacityRules, async ({ actor, query }, { capacity }) => ({
    data: await capacity.list(actor, query),
  })),
  route(createCapacityRule, ({ actor, body, now }, { capacity }) => capacity.create(actor, body, now)),
  route(getCapacityRule, async ({ actor, params }, { capacity }) => ({
    data: await capacity.get(actor, params.capacityRuleId),
  })),
  route(patchCapacityRule, async ({ actor, params, body, now }, { capacity }) => ({
    data: await capacity.change(actor, params.capacityRuleId, body, now),
  })),
  route(deleteCapacityRule, ({ actor, params, now }, { capacity }) =>
    capacity.delete(actor, params.capacityRuleId, now),
  ),
  route(getCapacityRuleUsage, async ({ actor, params }, { capacity }) => ({
    data: await capacity.usage(actor, params.capacityRuleId),
  })),
];
