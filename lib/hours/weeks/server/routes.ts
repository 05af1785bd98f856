import {
  createOverrides,
  deleteOverride,
  getSchedule,
  getTravel,
  listOverrides,
  putOverride,
  putSchedule,
  putTravel,
} from "@/lib/hours/weeks/contract";
import type { WeekService } from "@/lib/hours/weeks/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ weeks: WeekService }>();

export const weekRoutes = [
  route(getSchedule, ({ actor, params }, { weeks }) => weeks.schedule(actor, params.agentId)),
  route(putSchedule, ({ actor, params, body, ifMatch, now }, { weeks }) =>
    weeks.setSchedule(actor, params.agentId, body, { ifMatch, now }),
  ),
  route(getTravel, ({ actor, params }, { weeks }) => weeks.travel(actor, params.agentId)),
  route(putTravel, ({ actor, params, body, ifMatch, now }, { weeks }) =>
    weeks.setTravel(actor, params.agentId, body, { ifMatch, now }),
  ),
  route(listOverrides, async ({ actor, params, query }, { weeks }) => ({
    data: await weeks.overrides(actor, params.agentId, query),
  })),
  route(putOverride, async ({ actor, params, body, now }, { weeks }) => ({
    data: await weeks.setOverride(actor, params.agentId, params.date, body, now),
  })),
  route(deleteOverride, ({ actor, params, now }, { weeks }) =>
    weeks.deleteOverride(actor, params.agentId, params.date, now),
  ),
  route(createOverrides, async ({ actor, body, now }, { weeks }) => ({
    data: await weeks.createOverrides(actor, body, now),
  })),
];
