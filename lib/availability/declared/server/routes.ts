import { getAvailability, patchAvailability } from "@/lib/availability/declared/contract";
import { route } from "@/lib/platform/http/server/route";

export const availabilityRoutes = [
  route(
    getAvailability,
    ({ actor, params, now }, { availability }) => availability.get(actor, params.agentId, now),
    { presumes: true },
  ),
  route(
    patchAvailability,
    ({ actor, params, body, ifMatch, now }, { availability }) =>
      availability.change(actor, params.agentId, body, { ifMatch, now }),
    { presumes: true },
  ),
];
