import { routeWith } from "@/lib/platform/http/server/route";
import {
  assignCapacityRule,
  createCapacityRule,
  deleteCapacityRule,
  getCapacityRule,
  getCapacityRuleUsage,
  listCapacityRules,
  patchCapacityRule,
  unassignCapacityRule,
} from "@/lib/workforce/capacity/contract";
import type { CapacityService } from "@/lib/workforce/capacity/server/service";

const route = routeWith<{ capacity: CapacityService }>();

export const capacityRoutes = [
  route(listCapacityRules, async ({ actor, query }, { capacity }) => ({
    data: await capacity.list(actor, query),
  })),
  route(createCapacityRule, ({ actor, body, now }, { capacity }) => capacity.create(actor, body, now)),
  route(getCapacityRule, ({ actor, params }, { capacity }) => capacity.get(actor, params.capacityRuleId)),
  route(patchCapacityRule, ({ actor, params, body, ifMatch, now }, { capacity }) =>
    capacity.change(actor, params.capacityRuleId, body, { ifMatch, now }),
  ),
  route(deleteCapacityRule, ({ actor, params, ifMatch, now }, { capacity }) =>
    capacity.delete(actor, params.capacityRuleId, { ifMatch, now }),
  ),
  route(assignCapacityRule, ({ actor, params, now }, { capacity }) =>
    capacity.setAgent(actor, params.capacityRuleId, params.agentId, true, now),
  ),
  route(unassignCapacityRule, ({ actor, params, now }, { capacity }) =>
    capacity.setAgent(actor, params.capacityRuleId, params.agentId, false, now),
  ),
  route(getCapacityRuleUsage, async ({ actor, params }, { capacity }) => ({
    data: await capacity.usage(actor, params.capacityRuleId),
  })),
];
