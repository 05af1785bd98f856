import { listEvents } from "@/lib/platform/events/contract";
import type { EventService } from "@/lib/platform/events/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ events: EventService }>();

export const eventRoutes = [
  route(listEvents, ({ actor, query, accept, headers, signal }, { events }) =>
    events.list(actor, query, accept, { headers, signal }),
  ),
];
