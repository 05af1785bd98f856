import { agentNotFound, resolveAgent, resolveAgents } from "@/lib/access/auth/server/agent-reference";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AgentUsage, Conversation, ConversationsQuery } from "@/lib/routing/conversations/contract";
import {
  type ConversationDependencies,
  conversationNotFound,
  conversationTags,
} from "@/lib/routing/conversations/server/dependencies";
import { keyOf } from "@/lib/routing/conversations/server/list.sql";
import { serializeConversation } from "@/lib/routing/conversations/server/serializer";

export function createReading({ repository, pageTokens }: ConversationDependencies) {
  return {
    /** Throws `InvalidQuery` or `InvalidPageToken`. */
    async list(actor: Actor, query: ConversationsQuery, now: Date) {
      const { workspaceId } = actor;
      const { limit, pageToken, sortBy, reverse, agentIds, ...rest } = query;
      const filter = { ...rest, agentIds: agentIds && resolveAgents(actor, "agentIds", agentIds) };
      const canonical = Object.entries(given(filter))
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, value]) => [name, [...value].sort()]);
      const binding = ["conversations", workspaceId, sortBy, reverse, canonical];
      const after = pageToken === undefined ? undefined : pageTokens.read(binding, pageToken);
      const page = { sortBy, reverse, limit: limit + 1, after, now };
      const { rows, total } = await repository.list(workspaceId, filter, page);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        results: shown.map((row) => serializeConversation(row, now)),
        ...(last && rows.length > limit
          ? { nextPageToken: pageTokens.make(binding, keyOf(last, sortBy)) }
          : {}),
        total,
      };
    },

    /** Throws `ConversationNotFound`. */
    async get(actor: Actor, id: string, now: Date): Promise<Reply<Conversation>> {
      const row = await repository.find(actor.workspaceId, id);
      if (!row) throw conversationNotFound();
      return conversationTags.reply(serializeConversation(row, now));
    },

    /** Returns what deleting the agent affects. Throws `AgentNotFound`. */
    async agentUsage(actor: Actor, reference: AgentReference): Promise<AgentUsage> {
      const usage = await repository.agentUsage(actor.workspaceId, resolveAgent(actor, reference));
      if (!usage) throw agentNotFound();
      return usage;
    },
  };
}
