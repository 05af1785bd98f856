import { z } from "zod";
import { candidateSchema, countsByCodeSchema } from "@/lib/agents/inbox/contract";
import { availabilityCodeSchema, channelSchema } from "@/lib/availability/effective/contract";
import { channels } from "@/lib/availability/effective/values";
import {
  countSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import { type ConversationId, conversationParams } from "@/lib/routing/conversations/contract";
import { conversationStates } from "@/lib/routing/conversations/values";
import { decisionKinds } from "./values";

const decisionShape = {
  at: instantSchema,
  kind: z.enum(decisionKinds).meta({
    description: "`automatic`: the matcher. `manual`: a person. `reported`: another system.",
  }),
  rank: countSchema.meta({
    description: "The agent's rank among the candidates, from 1; 0 unless automatic.",
  }),
  considered: countSchema.meta({ description: "Agents who could have taken it; 0 unless automatic." }),
  codes: z
    .array(availabilityCodeSchema)
    .optional()
    .meta({ description: "The codes that a person overrode." }),
  actor: z
    .strictObject({
      type: z.enum(["user", "accessKey", "system"]),
      id: uuidSchema.optional(),
      name: z.string(),
    })
    .optional()
    .meta({ description: "Who decided. Absent if automatic." }),
};

const justAskedSchema = countSchema.optional().meta({
  description:
    "Those of `open` who declined it or let its offer expire in the last 60 s, and are not asked at present. Absent if there are none.",
});

export const explanationStepSchema = z.strictObject({
  step: countSchema,
  afterSeconds: countSchema.meta({ description: "Seconds of waiting from which the step applies." }),
  matching: countSchema.meta({ description: "Agents of the teams and skills so far." }),
  open: countSchema.meta({ description: "Those who can take it now." }),
  justAsked: justAskedSchema,
  closed: countsByCodeSchema,
});

/** Why a conversation waits, or why it was assigned to its agent. */
export const conversationExplanationSchema = z
  .strictObject({
    conversationId: uuidSchema,
    at: instantSchema,
    state: z.enum(conversationStates),
    position: z
      .int()
      .min(1)
      .optional()
      .meta({ description: "Position in its queue, from 1. Present while it waits." }),
    ahead: countSchema.optional(),
    steps: z.array(explanationStepSchema),
    candidates: z.array(candidateSchema).meta({ description: "The best candidates, at most 10, in order." }),
    decision: z.strictObject({ agentId: uuidSchema, ...decisionShape }).optional(),
  })
  .meta({ id: "ConversationExplanation" });

export type ConversationExplanation = z.output<typeof conversationExplanationSchema>;

export const explainConversation = operation({
  id: "explainConversation",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/conversations/{conversationId}/explain",
  tag: "Conversations",
  summary: "Explain why a conversation waits or was assigned to its agent",
  access: members("routing.read"),
  params: conversationParams,
  success: response.ok("The explanation.", conversationExplanationSchema),
  errors: ["ConversationNotFound"],
});

/** Decisions that assigned conversations to an agent. */
export const agentDecisionSchema = z
  .strictObject({
    id: uuidSchema,
    conversation: z.strictObject({
      id: uuidSchema,
      externalId: z.string(),
      channel: channelSchema,
      subject: z.string().optional(),
      state: z.enum(conversationStates),
    }),
    ...decisionShape,
  })
  .meta({ id: "AgentDecision" });

export type AgentDecision = z.output<typeof agentDecisionSchema>;

export const listDecisions = operation({
  id: "listDecisions",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/decisions",
  tag: "Conversations",
  summary: "List why conversations were assigned to an agent",
  description: "Newest first. Kept for 30 days.",
  access: members("routing.read"),
  params: agentParams,
  query: pageQuerySchema,
  success: response.ok("A page of decisions.", pageOf(agentDecisionSchema)),
  errors: ["AgentNotFound"],
});

const byChannel = z.strictObject(
  Object.fromEntries(channels.map((channel) => [channel, countSchema])) as Record<
    (typeof channels)[number],
    typeof countSchema
  >,
);

export const queueStatusSchema = z
  .strictObject({
    at: instantSchema,
    queues: z.array(
      z.strictObject({
        queueId: uuidSchema,
        name: z.string(),
        targetSeconds: z.int(),
        waiting: byChannel.meta({ description: "Conversations that wait." }),
        offered: byChannel.meta({ description: "Conversations that are offered to an agent." }),
        late: countSchema.meta({ description: "Waiting conversations that missed the target." }),
        waitingSince: instantSchema.optional().meta({ description: "The start of the longest wait." }),
        canTake: byChannel.meta({
          description: "Agents of the primary teams who can take conversations now.",
        }),
      }),
    ),
  })
  .meta({ id: "QueueStatus" });

export type QueueStatus = z.output<typeof queueStatusSchema>;

export const getQueueStatus = operation({
  id: "getQueueStatus",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/queue-status",
  tag: "Queues",
  summary: "Count what waits in each queue",
  description: "Computed at most once per second.",
  access: members("routing.read"),
  params: workspaceParams,
  success: response.ok("The numbers of all queues, most urgent first.", queueStatusSchema),
});

export const waitingReasonsQuerySchema = z.strictObject({
  conversationIds: z
    .array(idSchema<ConversationId>("A conversation."))
    .min(1, { error: "must have at least one value." })
    .max(50, { error: "must have at most 50 values." })
    .overwrite((ids) => [...new Set(ids)])
    .meta({ description: "Conversations that wait." }),
});

/** For each waiting conversation, the agents who could take it at its current step. */
export const waitingReasonsSchema = z
  .strictObject({
    at: instantSchema,
    results: z.array(
      z.strictObject({
        conversationId: uuidSchema,
        matching: countSchema,
        open: countSchema,
        justAsked: justAskedSchema,
        closed: countsByCodeSchema,
      }),
    ),
  })
  .meta({ id: "WaitingReasons" });

export type WaitingReasons = z.output<typeof waitingReasonsSchema>;

export const listWaitingReasons = operation({
  id: "listWaitingReasons",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/waiting-reasons",
  tag: "Conversations",
  summary: "Explain briefly why conversations wait",
  description: "Leaves out ids that don't exist and conversations that don't wait.",
  access: members("routing.read"),
  params: workspaceParams,
  query: waitingReasonsQuerySchema,
  success: response.ok("One entry per conversation.", waitingReasonsSchema),
});
