import { createCapacityRule, listCapacityRules } from "@/lib/capacity/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listCapacityRules, async ({ actor, query }) => ({
    data: await getServices().capacity.list(actor, query),
  })),
  route(createCapacityRule, ({ actor, body, now }) => getServices().capacity.create(actor, body, now)),
);
