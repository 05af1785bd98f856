import { routeWith } from "@/lib/platform/http/server/route";
import {
  explainConversation,
  getQueueStatus,
  listDecisions,
  listWaitingReasons,
} from "@/lib/routing/matching/contract";
import type { ExplainService } from "@/lib/routing/matching/server/explain";

const route = routeWith<{ explanations: ExplainService }>();

export const matchingRoutes = [
  route(explainConversation, async ({ actor, params, now }, { explanations }) => ({
    data: await explanations.conversation(actor, params.conversationId, now),
  })),
  route(listDecisions, async ({ actor, params, query }, { explanations }) => ({
    data: await explanations.decisions(actor, params.agentId, query),
  })),
  route(getQueueStatus, async ({ actor, now }, { explanations }) => ({
    data: await explanations.queueStatus(actor, now),
  })),
  route(listWaitingReasons, async ({ actor, query, now }, { explanations }) => ({
    data: await explanations.waitingReasons(actor, query.conversationIds, now),
  })),
];
