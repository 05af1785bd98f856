import type { Channel } from "@/lib/availability/effective/values";
import { optional, type StoredInstant, timestamp } from "@/lib/platform/http/wire";
import type { Conversation } from "@/lib/routing/conversations/contract";
import type { conversationStates } from "@/lib/routing/conversations/values";

/** A conversation with its pending offer. */
export interface ConversationRow {
  id: string;
  workspaceId: string;
  externalId: string;
  channel: Channel;
  subject: string | null;
  queueId: string | null;
  priority: number;
  requiredSkills: Conversation["requiredSkills"];
  preferredAgentId: string | null;
  /** As stored: also `offered` if the offer has expired. */
  state: (typeof conversationStates)[number];
  agentId: string | null;
  forced: boolean;
  excludedAgentIds: string[];
  step: number;
  queuedAt: StoredInstant | null;
  assignedAt: StoredInstant | null;
  closedAt: StoredInstant | null;
  createdAt: StoredInstant;
  updatedAt: StoredInstant;
  offer: { id: string; agentId: string; expiresAt: StoredInstant } | null;
}

const instant = (value: StoredInstant | null) => (value === null ? null : timestamp(value));

/**
 * Returns a conversation at `now`: once its offer has expired, it waits again, even if the matcher has not
 * recorded that yet.
 */
export function serializeConversation(row: ConversationRow, now: Date): Conversation {
  const offer = row.offer && new Date(row.offer.expiresAt) > now ? row.offer : null;
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    externalId: row.externalId,
    channel: row.channel,
    ...optional("subject", row.subject),
    ...optional("queueId", row.queueId),
    priority: row.priority,
    requiredSkills: row.requiredSkills,
    ...optional("preferredAgentId", row.preferredAgentId),
    state: row.state === "offered" && !offer ? "queued" : row.state,
    ...optional("agentId", row.agentId),
    ...(row.forced ? { forced: true as const } : {}),
    ...optional("offer", offer && { ...offer, expiresAt: timestamp(offer.expiresAt) }),
    step: row.step,
    ...optional("queuedAt", instant(row.queuedAt)),
    ...optional("assignedAt", instant(row.assignedAt)),
    ...optional("closedAt", instant(row.closedAt)),
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}
