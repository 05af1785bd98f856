import { getAvailability, patchAvailability } from "@/lib/availability/contract";
import { route } from "@/lib/http/route";

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
