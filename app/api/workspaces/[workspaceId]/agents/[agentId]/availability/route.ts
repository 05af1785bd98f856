import { getAvailability, patchAvailability } from "@/lib/availability/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getAvailability, ({ actor, params, now }) =>
    getServices().availability.get(actor, params.agentId, now),
  ),
  route(patchAvailability, ({ actor, params, body, ifMatch, now }) =>
    getServices().availability.change(actor, params.agentId, body, { ifMatch, now }),
  ),
);
