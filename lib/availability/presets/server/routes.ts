import {
  createStatus,
  deletePreset,
  deleteStatus,
  getStatus,
  getStatusUsage,
  listStatuses,
  patchStatus,
  putPreset,
} from "@/lib/availability/presets/contract";
import type { PresetService } from "@/lib/availability/presets/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ presets: PresetService }>();

export const presetRoutes = [
  route(listStatuses, async ({ actor, query }, { presets }) => ({ data: await presets.list(actor, query) })),
  route(createStatus, ({ actor, body, now }, { presets }) => presets.create(actor, body, now)),
  route(getStatus, ({ actor, params }, { presets }) => presets.get(actor, params.statusId)),
  route(patchStatus, ({ actor, params, body, ifMatch, now }, { presets }) =>
    presets.change(actor, params.statusId, body, { ifMatch, now }),
  ),
  route(deleteStatus, ({ actor, params, ifMatch }, { presets }) =>
    presets.delete(actor, params.statusId, { ifMatch }),
  ),
  route(getStatusUsage, async ({ actor, params }, { presets }) => ({
    data: await presets.usage(actor, params.statusId),
  })),
  route(putPreset, ({ actor, params, body, ifMatch, now }, { presets }) =>
    presets.choose(actor, params.agentId, body, { ifMatch, now }),
  ),
  route(deletePreset, ({ actor, params }, { presets }) => presets.withdraw(actor, params.agentId)),
];
