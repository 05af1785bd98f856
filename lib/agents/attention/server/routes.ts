import { getAttention } from "@/lib/agents/attention/contract";
import type { AttentionService } from "@/lib/agents/attention/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ attention: AttentionService }>();

export const attentionRoutes = [
  route(getAttention, ({ actor, query, now }, { attention }) => attention.find(actor, query, now)),
];
