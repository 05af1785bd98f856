import { getAvailability, patchAvailability, postReady } from "@/lib/availability/declared/contract";
import type { AvailabilityService } from "@/lib/availability/declared/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ availability: AvailabilityService }>();

export const availabilityRoutes = [
  route(getAvailability, ({ actor, params, now }, { availability }) =>
    availability.get(actor, params.agentId, now),
  ),
  route(patchAvailability, ({ actor, params, body, ifMatch, now }, { availability }) =>
    availability.change(actor, params.agentId, body, { ifMatch, now }),
  ),
  route(postReady, ({ actor, params, now }, { availability }) =>
    availability.makeReady(actor, params.agentId, now),
  ),
];
