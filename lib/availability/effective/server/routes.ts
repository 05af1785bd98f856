import {
  explainAvailability,
  getAvailabilityPolicy,
  patchAvailabilityPolicy,
  previewAvailabilityPolicy,
} from "@/lib/availability/effective/contract";
import type { EffectiveService } from "@/lib/availability/effective/server/service";
import { listVerdicts } from "@/lib/availability/effective/verdicts-contract";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ effective: EffectiveService }>();

export const effectiveRoutes = [
  route(explainAvailability, async ({ actor, params, query, now }, { effective }) => ({
    data: await effective.explain(actor, params.agentId, query, now),
  })),
  route(listVerdicts, async ({ actor, query, now }, { effective }) => ({
    data: await effective.verdicts(actor, query.agentIds, now),
  })),
  route(getAvailabilityPolicy, ({ actor }, { effective }) => effective.getPolicy(actor)),
  route(patchAvailabilityPolicy, ({ actor, body, ifMatch, now }, { effective }) =>
    effective.changePolicy(actor, body, { ifMatch, now }),
  ),
  route(previewAvailabilityPolicy, async ({ actor, body, now }, { effective }) => ({
    data: await effective.previewPolicy(actor, body, now),
  })),
];
