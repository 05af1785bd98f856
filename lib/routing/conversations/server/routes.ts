import { routeWith } from "@/lib/platform/http/server/route";
import {
  assignConversation,
  closeConversation,
  createConversation,
  getAgentUsage,
  getConversation,
  listConversations,
  patchConversation,
  requeueConversation,
} from "@/lib/routing/conversations/contract";
import type { ConversationService } from "@/lib/routing/conversations/server/service";

const route = routeWith<{ conversations: ConversationService }>();

export const conversationRoutes = [
  route(listConversations, async ({ actor, query, now }, { conversations }) => ({
    data: await conversations.list(actor, query, now),
  })),
  route(createConversation, ({ actor, body, now }, { conversations }) =>
    conversations.create(actor, body, now),
  ),
  route(getConversation, ({ actor, params, now }, { conversations }) =>
    conversations.get(actor, params.conversationId, now),
  ),
  route(patchConversation, ({ actor, params, body, ifMatch, now }, { conversations }) =>
    conversations.change(actor, params.conversationId, body, { ifMatch, now }),
  ),
  route(assignConversation, ({ actor, params, body, now }, { conversations }) =>
    conversations.assign(actor, params.conversationId, body, now),
  ),
  route(requeueConversation, ({ actor, params, body, now }, { conversations }) =>
    conversations.requeue(actor, params.conversationId, body, now),
  ),
  route(closeConversation, ({ actor, params, now }, { conversations }) =>
    conversations.close(actor, params.conversationId, now),
  ),
  route(getAgentUsage, async ({ actor, params }, { conversations }) => ({
    data: await conversations.agentUsage(actor, params.agentId),
  })),
];
