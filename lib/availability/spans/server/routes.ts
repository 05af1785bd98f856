import { listSpans } from "@/lib/availability/spans/contract";
import type { SpanService } from "@/lib/availability/spans/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ spans: SpanService }>();

export const spanRoutes = [
  route(listSpans, ({ actor, params, query, now }, { spans }) =>
    spans.list(actor, params.agentId, query, now),
  ),
];
