import type { Channel } from "@/lib/availability/effective/values";
import type { Statement, Values } from "@/lib/platform/database/bind";
import type { KeyPart } from "@/lib/platform/http/server/page-token";
import { named } from "@/lib/platform/http/server/paged";
import type { ConversationRow } from "@/lib/routing/conversations/server/serializer";
import type { conversationOrders, conversationStates } from "@/lib/routing/conversations/values";

// SQL that reads conversations. Only builds text; `repository.ts` runs it.

/** The columns of `ConversationRow`, from `joined`. */
export const conversationColumns = `${named("c", ["id", "workspaceId", "externalId", "subject", "queueId", "priority", "requiredSkills", "preferredAgentId", "agentId", "forced", "step", "queuedAt", "assignedAt", "closedAt", "createdAt", "updatedAt"])},
    c.channel::text AS channel, c.state::text AS state, c.excluded_agent_ids::text[] AS "excludedAgentIds",
    CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'agentId', o.agent_id, 'expiresAt', o.expires_at)
      END AS offer`;

/** Joins `conversations c` with its pending offer, if any. */
export const joinedOffer = `LEFT JOIN offers o
    ON o.workspace_id = c.workspace_id AND o.conversation_id = c.id AND o.state = 'pending'`;

type State = (typeof conversationStates)[number];
type Order = (typeof conversationOrders)[number];

/** Filters of the list; all must match. */
export interface ConversationFilter {
  states?: readonly State[] | undefined;
  channels?: readonly Channel[] | undefined;
  queueIds?: readonly string[] | undefined;
  agentIds?: readonly string[] | undefined;
  externalId?: string | undefined;
}

export interface ConversationPage {
  sortBy: Order;
  reverse: boolean;
  /** Number of rows to read. */
  limit: number;
  /** The sort value and id of the previous page's last row. */
  after: readonly KeyPart[] | undefined;
  now: Date;
}

/** Represents a missing `queuedAt` in page tokens. */
const NEVER = "never";

/** Returns the key of a page's last row. */
export function keyOf(row: ConversationRow, sortBy: Order): KeyPart[] {
  if (sortBy === "priority") return [row.priority, row.id];
  const at = row[sortBy];
  return [at === null ? NEVER : new Date(at).getTime(), row.id];
}

const expiry = (comparison: string) => `EXISTS (SELECT 1 FROM offers e WHERE e.workspace_id = c.workspace_id
      AND e.conversation_id = c.id AND e.state = 'pending' AND e.expires_at ${comparison} :now::timestamptz)`;

/** A conversation waits again once its offer has expired, even if that is not recorded yet. */
function inStates(states: readonly State[]): string {
  const named = "c.state = ANY(:states::conversation_state[])";
  const [queued, offered] = [states.includes("queued"), states.includes("offered")];
  if (queued === offered) return named;
  return queued
    ? `(${named} OR (c.state = 'offered' AND ${expiry("<=")}))`
    : `(${named} AND (c.state <> 'offered' OR ${expiry(">")}))`;
}

function conditionsOf(filter: ConversationFilter): { where: string; isShort: boolean } {
  const isOpen = filter.states !== undefined && !filter.states.includes("closed");
  const parts = [
    "c.workspace_id = :workspace::uuid",
    // A literal, so that PostgreSQL can use partial indexes without closed conversations.
    ...(isOpen ? ["c.state <> 'closed'"] : []),
    ...(filter.states ? [inStates(filter.states)] : []),
    ...(filter.channels ? ["c.channel = ANY(:channels::conversation_channel[])"] : []),
    ...(filter.queueIds ? ["c.queue_id = ANY(:queueIds::uuid[])"] : []),
    ...(filter.agentIds ? ["c.agent_id = ANY(:agentIds::uuid[])"] : []),
    ...(filter.externalId === undefined ? [] : ["c.external_id = :externalId::text"]),
  ];
  const isShort = isOpen || filter.agentIds !== undefined || filter.externalId !== undefined;
  return { where: parts.join("\n      AND "), isShort };
}

/**
 * A sort order and, for each direction, the ranges that follow a key, in that order. Indexes have the same
 * columns.
 */
interface SortOrder {
  by: (reverse: boolean) => string;
  after: (reverse: boolean, isNever: boolean) => string[];
}

const instantKey = "to_timestamp(:key::double precision / 1000)";

const orders: Record<Order, SortOrder> = {
  queuedAt: {
    by: (reverse) => (reverse ? "c.queued_at DESC, c.id DESC" : "c.queued_at, c.id"),
    // Rows that never waited come last, or first in reverse order.
    after: (reverse, isNever) =>
      reverse
        ? isNever
          ? ["c.queued_at IS NULL AND c.id < :id::uuid", "c.queued_at IS NOT NULL"]
          : [`(c.queued_at, c.id) < (${instantKey}, :id::uuid)`]
        : isNever
          ? ["c.queued_at IS NULL AND c.id > :id::uuid"]
          : [`(c.queued_at, c.id) > (${instantKey}, :id::uuid)`, "c.queued_at IS NULL"],
  },
  priority: {
    by: (reverse) => (reverse ? "c.priority, c.id DESC" : "c.priority DESC, c.id"),
    after: (reverse) =>
      reverse
        ? ["c.priority = :key::int AND c.id < :id::uuid", "c.priority > :key::int"]
        : ["c.priority = :key::int AND c.id > :id::uuid", "c.priority < :key::int"],
  },
  createdAt: {
    by: (reverse) => (reverse ? "c.created_at DESC, c.id DESC" : "c.created_at, c.id"),
    after: (reverse) => [`(c.created_at, c.id) ${reverse ? "<" : ">"} (${instantKey}, :id::uuid)`],
  },
};

/**
 * Reads each conversation of the page and its offer by key. PostgreSQL plans without knowing the limit, so a
 * plain join would read all conversations.
 */
const eachOfPage = `CROSS JOIN LATERAL (SELECT * FROM conversations
        WHERE workspace_id = :workspace::uuid AND id = p.id OFFSET 0) c
      LEFT JOIN LATERAL (SELECT * FROM offers WHERE workspace_id = :workspace::uuid AND conversation_id = p.id
        AND state = 'pending' OFFSET 0) o ON true`;

/** A row of the page. An empty page has a single row that is not `found`. */
export type ListedRow = ConversationRow & { total: number; found: boolean | null };

/**
 * Returns the statement for one page and the total. Open conversations, and those of one agent or external
 * id, are few, so they are found first and then sorted. Others are read in index order.
 */
export function listStatement(
  workspaceId: string,
  filter: ConversationFilter,
  { sortBy, reverse, limit, after, now }: ConversationPage,
): Statement<ListedRow> {
  const { where, isShort } = conditionsOf(filter);
  const { by, after: rangesAfter } = orders[sortBy];
  const [key, id] = after ?? [];
  const isNever = key === NEVER;
  const from = isShort ? "found c" : "conversations c";
  const ranges = after ? rangesAfter(reverse, isNever) : [undefined];
  const parts = ranges.map((range) => {
    const conditions = [isShort ? undefined : where, range].filter((each) => each !== undefined);
    return `(SELECT c.id, c.queued_at, c.priority, c.created_at FROM ${from}
      ${conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : ""}
      ORDER BY ${by(reverse)} LIMIT :limit::int)`;
  });
  const text = `WITH ${
    isShort
      ? `found AS MATERIALIZED (
      SELECT c.id, c.queued_at, c.priority, c.created_at FROM conversations c WHERE ${where}),
    `
      : ""
  }page AS MATERIALIZED (
      SELECT c.id, row_number() OVER (ORDER BY ${by(reverse)}) AS place FROM (${parts.join(" UNION ALL ")}) c
      ORDER BY ${by(reverse)} LIMIT :limit::int)
    SELECT counted.total, shown.*
    FROM (SELECT count(*)::int AS total FROM ${isShort ? from : `${from} WHERE ${where}`}) counted
    LEFT JOIN LATERAL (
      SELECT true AS found, p.place, ${conversationColumns}
      FROM page p ${eachOfPage}
      ORDER BY p.place) shown ON true
    ORDER BY shown.place`;
  const values: Values = {
    workspace: workspaceId,
    limit,
    ...(text.includes(":now") ? { now } : {}),
    ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
    ...(after ? { id, ...(isNever ? {} : { key }) } : {}),
  };
  return { text, params: values };
}
