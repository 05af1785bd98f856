import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type Agent, patchAgent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";
import {
  type Conversation,
  closeConversation,
  type conversationDraftSchema,
  createConversation,
  getConversation,
} from "@/lib/routing/conversations/contract";
import { createQueue, deleteQueue, type Queue, type queueDraftSchema } from "@/lib/routing/queues/contract";
import type { Api } from "./api";
import type { Account } from "./environment";
import type { Makers, Member, MemberOptions } from "./people";

type QueueDraft = Partial<z.input<typeof queueDraftSchema>>;
type ConversationDraft = Partial<z.input<typeof conversationDraftSchema>>;

/** An active agent who can sign in and receives conversations from queues. */
export type Worker = Member & { agent: Agent };

/** A queue for one test, with its own agents. */
export interface Desk {
  queue: Queue;
  workers: Worker[];
  /** The first agent, with credentials. */
  agentId: string;
  account: Account;
  /** Reports a conversation to the queue and closes it after the test. Its subject is unique. */
  report(draft?: ConversationDraft): Promise<Conversation & { subject: string }>;
  /** Fetches a conversation again. */
  read(id: string): Promise<Conversation>;
}

/** Creates a queue with this many new agents. */
export async function makeDesk(
  { api, make }: { api: Api; make: Makers },
  {
    workers: count = 1,
    wrapUpTime = 0,
    ...draft
  }: QueueDraft & { workers?: number; wrapUpTime?: number } = {},
): Promise<Desk> {
  const workers: Worker[] = [];
  for (let number = 0; number < count; number++)
    workers.push(await makeWorker({ api, make }, { wrapUpTime }));
  const [first] = workers;
  if (!first) throw new Error("A desk needs an agent.");
  const team = await make.team({ agentIds: workers.map(({ agent }) => agent.id) });
  const queue = await api.call(createQueue, {
    body: { name: make.uniqueName("Queue"), teams: [{ type: "primary", ids: [team.id] }], ...draft },
  });
  make.removeLater(() => api.call(deleteQueue, { params: { queueId: queue.id } }));
  return {
    queue,
    workers,
    agentId: first.agent.id,
    account: first.account,
    async report(reported = {}) {
      const subject = make.uniqueName("Refund");
      const conversation = await api.call(createConversation, {
        body: {
          externalId: `case-${randomUUID()}`,
          channel: "messaging",
          subject,
          queueId: queue.id,
          ...reported,
        },
      });
      const params = { conversationId: conversation.id };
      make.removeLater(() => api.call(closeConversation, { params }));
      return { ...conversation, subject };
    },
    read: (id) => api.call(getConversation, { params: { conversationId: id } }),
  };
}

async function makeWorker(
  { api, make }: { api: Api; make: Makers },
  { wrapUpTime, ...options }: MemberOptions & { wrapUpTime: number },
): Promise<Worker> {
  const member = await make.member(options);
  if (!member.agent) throw new Error("A worker needs an agent.");
  const params = { agentId: member.agent.id };
  await api.call(patchAgent, { params, body: { wrapUpTime } });
  await api.call(patchAvailability, { params, body: { status: "active" } });
  return { ...member, agent: member.agent };
}
