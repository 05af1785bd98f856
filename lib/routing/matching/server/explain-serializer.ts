import { type Channel, channels } from "@/lib/availability/effective/values";
import { optional, timestamp } from "@/lib/platform/http/wire";
import type { AgentDecision, ConversationExplanation, QueueStatus } from "@/lib/routing/matching/contract";
import type {
  AgentDecisionRow,
  DecisionRow,
  QueueStatusRow,
} from "@/lib/routing/matching/server/explain-repository";

export function serializeDecision(row: DecisionRow): NonNullable<ConversationExplanation["decision"]> {
  return { agentId: row.agentId, ...common(row) };
}

export function serializeAgentDecision(row: AgentDecisionRow): AgentDecision {
  return {
    id: row.id,
    conversation: {
      id: row.conversationId,
      externalId: row.externalId,
      channel: row.channel,
      ...optional("subject", row.subject),
      state: row.state,
    },
    ...common(row),
  };
}

function common({ at, kind, rank, considered, codes, actorKind, actorId, actorName }: DecisionRow) {
  return {
    at: timestamp(at),
    kind,
    rank,
    considered,
    ...(codes.length > 0 ? { codes } : {}),
    ...(kind === "automatic"
      ? {}
      : { actor: { type: actorKind, ...optional("id", actorId), name: actorName } }),
  };
}

export function serializeQueueStatus(
  row: QueueStatusRow,
  canTake: (channel: Channel) => number,
): QueueStatus["queues"][number] {
  return {
    queueId: row.id,
    name: row.name,
    targetSeconds: row.targetSeconds,
    waiting: byChannel((channel) => row.waiting[channel] ?? 0),
    offered: byChannel((channel) => row.offered[channel] ?? 0),
    late: row.late,
    ...optional("waitingSince", row.waitingSince === null ? null : timestamp(row.waitingSince)),
    canTake: byChannel(canTake),
  };
}

function byChannel(count: (channel: Channel) => number): { [channel in Channel]: number } {
  const entries = channels.map((channel) => [channel, count(channel)] as const);
  return Object.fromEntries(entries) as { [channel in Channel]: number };
}
