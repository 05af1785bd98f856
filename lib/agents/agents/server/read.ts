import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { AgentQuery } from "@/lib/agents/agents/list-contract";
import type { AgentDependencies } from "@/lib/agents/agents/server/dependencies";
import type { AgentFilter, HoursFilter } from "@/lib/agents/agents/server/filter.sql";
import { tagged } from "@/lib/availability/declared/server/tags";
import type { Channel } from "@/lib/availability/effective/values";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { ReadyReply, StreamedReply } from "@/lib/platform/http/server/reply";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** Batch size for streaming the list of all agents. */
const briefBatch = 1000;

/** Reads one agent, pages of agents, and the list of all agents. */
export function createReads({ repository, effective, pageTokens }: AgentDependencies) {
  /**
   * Hours are computed once for all agents who share them, so that no agent has to be loaded. An agent whose hours
   * change before the list is read can be out of hours in this one response.
   */
  async function hoursFilter(actor: Actor, inHours: boolean, now: Date): Promise<HoursFilter> {
    const { hours } = await effective.circumstances(actor, now.getTime());
    return { inHours, hours: hours.at(now.getTime()) };
  }

  async function canTakeFilter(
    actor: Actor,
    channels: readonly Channel[],
    now: Date,
  ): Promise<AgentFilter["canTake"]> {
    const circumstances = await effective.circumstances(actor, now.getTime());
    return { ...circumstances, channels, at: now.getTime(), now: now.getTime() };
  }

  return {
    /** Returns a page of agents, or the agents with the given ids. */
    async list(actor: Actor, query: AgentQuery, now: Date): Promise<ReadyReply> {
      if (query.agentIds) {
        const found = await repository.showMany(actor.workspaceId, query.agentIds, now.getTime());
        return { json: `{"results":[${found.results}],"total":${found.total}}` };
      }
      const { limit, pageToken, sortBy, reverse, agentIds: _, ...named } = query;
      const binding = ["agents", actor.workspaceId, sortBy, reverse, canonical(named)];
      const { inHours, canTake: channels, ...others } = named;
      const hours = inHours === undefined ? undefined : await hoursFilter(actor, inHours, now);
      const canTake = channels && (await canTakeFilter(actor, channels, now));
      const filter = { ...others, hours, canTake };
      const { results, total, next } = await repository.list(actor.workspaceId, filter, {
        sortBy,
        reverse,
        limit,
        after: pageToken === undefined ? undefined : pageTokens.read(binding, pageToken),
        now: now.getTime(),
      });
      const token = next ? `"nextPageToken":${JSON.stringify(pageTokens.make(binding, next))},` : "";
      return { json: `{"results":[${results}],${token}"total":${total}}` };
    },

    /** Streams all agents in brief. Reads in batches, so that memory does not grow with their number. */
    async listAll(actor: Actor, now: Date): Promise<StreamedReply> {
      const etag = `"${await repository.fingerprint(actor.workspaceId, now.getTime())}"`;
      async function* pieces() {
        let after: { createdAt: number; id: AgentId } | undefined;
        let separator = '{"results":[';
        for (;;) {
          const batch = await repository.brief(actor.workspaceId, after, briefBatch, now.getTime());
          if (batch.pieces !== null && batch.last) {
            yield separator + batch.pieces;
            separator = ",";
            after = { createdAt: batch.last[0], id: batch.last[1] };
          }
          if (batch.count < briefBatch) break;
        }
        yield separator === "," ? "]}" : `${separator}]}`;
      }
      return { etag, pieces };
    },

    /** Returns an agent. Throws `AgentNotFound`. */
    async get(actor: Actor, reference: AgentReference, now: Date): Promise<ReadyReply> {
      const found = await repository.show(actor.workspaceId, resolveAgent(actor, reference), now.getTime());
      if (!found) throw agentNotFound();
      return { json: found.json, ...tagged(found.version, found.json) };
    },
  };
}

/** Returns a filter in canonical form, so that equal filters accept each other's page tokens. */
function canonical(filter: Partial<AgentQuery>): unknown {
  return Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]);
}
