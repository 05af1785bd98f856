import { z } from "zod";
import { channelSchema } from "@/lib/availability/effective/contract";
import { channels } from "@/lib/availability/effective/values";
import {
  booleanParameter,
  booleanSchema,
  countSchema,
  idSchema,
  instantSchema,
  oneOf,
  pageOf,
  pageQuerySchema,
  severalParameter,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { AgentId, Branded } from "@/lib/platform/ids";
import { prioritySchema, type QueueId } from "@/lib/routing/queues/contract";
import { conversationOrders, conversationStates, requiredSkillLimit } from "./values";

export type ConversationId = Branded<"ConversationId">;
export type SkillId = Branded<"SkillId">;
export type SkillValueId = Branded<"SkillValueId">;

/** A conversation of an inbox, a phone system or a bot. */
export const conversationSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    externalId: z.string().meta({ description: "The id in the external system." }),
    channel: channelSchema,
    subject: z.string().optional(),
    queueId: uuidSchema.optional(),
    priority: z.int(),
    requiredSkills: z.array(z.strictObject({ skillId: uuidSchema, valueIds: z.array(uuidSchema) })),
    preferredAgentId: uuidSchema.optional(),
    state: z.enum(conversationStates),
    agentId: uuidSchema
      .optional()
      .meta({ description: "The agent it is assigned to, or was when it was closed." }),
    forced: z
      .literal(true)
      .optional()
      .meta({ description: "Present if a person assigned it despite availability or capacity." }),
    offer: z
      .strictObject({ id: uuidSchema, agentId: uuidSchema, expiresAt: instantSchema })
      .optional()
      .meta({ description: "The pending offer." }),
    step: z.int().min(0).meta({ description: "Number of escalation steps that its queue has applied." }),
    queuedAt: instantSchema.optional().meta({ description: "When it was first queued." }),
    assignedAt: instantSchema.optional(),
    closedAt: instantSchema.optional(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "Conversation" });

export type Conversation = z.output<typeof conversationSchema>;

const requiredSkillsSchema = z
  .array(
    z.strictObject({
      skillId: idSchema<SkillId>("A skill that the agent must have."),
      valueIds: z
        .array(idSchema<SkillValueId>("A value."))
        .overwrite((ids) => [...new Set(ids)])
        .max(100, { error: "must have at most 100 values." })
        .default([])
        .meta({ description: "The agent must have one of these values. None: any." }),
    }),
  )
  .max(requiredSkillLimit, { error: `must have at most ${requiredSkillLimit} skills.` })
  .refine((skills) => new Set(skills.map(({ skillId }) => skillId)).size === skills.length, {
    error: "must name each skill only once.",
  });

const shape = {
  subject: text({ max: 255 }),
  queueId: idSchema<QueueId>("The queue."),
  priority: prioritySchema,
  requiredSkills: requiredSkillsSchema,
  preferredAgentId: idSchema<AgentId>("Gets the conversation first, if available."),
};

export const conversationDraftSchema = z
  .strictObject({
    externalId: text({ min: 1, max: 255, visible: true }).meta({
      description: "The id in your system. Unique among conversations that are not closed.",
    }),
    channel: channelSchema,
    subject: shape.subject.optional(),
    queueId: shape.queueId.optional().meta({ description: "Default: the workspace's default queue." }),
    priority: shape.priority.default(50),
    requiredSkills: shape.requiredSkills.default([]),
    preferredAgentId: shape.preferredAgentId.optional(),
    agentId: idSchema<AgentId>("The agent, if the conversation is already assigned.").optional(),
  })
  .meta({ id: "ConversationDraft" });

/** A change of a conversation. Omitted properties stay as they are; `null` clears. */
export const conversationChangeSchema = z
  .strictObject({
    subject: shape.subject.nullable().optional(),
    queueId: shape.queueId.optional(),
    priority: shape.priority.optional(),
    requiredSkills: shape.requiredSkills.optional(),
    preferredAgentId: shape.preferredAgentId.nullable().optional(),
  })
  .meta({ id: "ConversationChange" });

export const assignmentSchema = z
  .strictObject({
    agentId: idSchema<AgentId>("The agent to assign it to."),
    force: booleanSchema
      .default(false)
      .meta({ description: "Assign it even if the agent is not available for it." }),
  })
  .meta({ id: "ConversationAssignment" });

export const requeueSchema = z
  .strictObject({
    queueId: shape.queueId
      .optional()
      .meta({ description: "The queue. Default: its current queue, or the default queue." }),
    exclude: booleanSchema
      .default(false)
      .meta({ description: "The current agent gets it again only if nobody else can take it." }),
  })
  .meta({ id: "ConversationRequeue" });

/** Conversations and offers that refer to an agent. */
export const agentUsageSchema = z
  .strictObject({
    assigned: countSchema.meta({
      description:
        "Open conversations. They return to their queues, or to the default queue. Without a queue, they are closed.",
    }),
    offered: countSchema.meta({ description: "Pending offers, which are withdrawn." }),
    preferred: countSchema.meta({ description: "Waiting conversations that prefer the agent." }),
  })
  .meta({ id: "AgentUsage" });

export type AgentUsage = z.output<typeof agentUsageSchema>;
export type ConversationDraft = z.output<typeof conversationDraftSchema>;
export type ConversationChange = z.output<typeof conversationChangeSchema>;
export type ConversationAssignment = z.output<typeof assignmentSchema>;
export type ConversationRequeue = z.output<typeof requeueSchema>;

const agentReference = z.union([z.literal("me"), idSchema<AgentId>("An agent.")], {
  error: "must be the UUID of an agent, or me.",
});

export const conversationsQuerySchema = z.strictObject({
  states: severalParameter(
    z.enum(conversationStates, oneOf(conversationStates)),
    "Conversations in one of these states.",
  ),
  channels: severalParameter(z.enum(channels, oneOf(channels)), "Conversations on one of these channels."),
  queueIds: severalParameter(idSchema<QueueId>("A queue."), "Conversations in one of these queues."),
  agentIds: severalParameter(
    agentReference,
    "Conversations of one of these agents. `me` is the caller's own agent.",
  ),
  externalId: text({ min: 1, max: 255 })
    .optional()
    .meta({ description: "The conversation with this id in your system." }),
  sortBy: z
    .enum(conversationOrders, oneOf(conversationOrders))
    .default("queuedAt")
    .meta({
      description:
        "`queuedAt`: longest wait first, then those that never waited. `priority`: highest first. `createdAt`: oldest first.",
      override: { type: "string", enum: [...conversationOrders], default: "queuedAt" },
    }),
  reverse: booleanParameter.default(false).meta({
    description: "Reverses the order.",
    override: { type: "boolean", default: false },
  }),
  ...pageQuerySchema.shape,
});

export type ConversationsQuery = z.output<typeof conversationsQuerySchema>;

const collection = "/api/workspaces/{workspaceId}/inbox/conversations";
const one = `${collection}/{conversationId}` as const;
export const conversationParams = workspaceParams.extend({
  conversationId: idSchema<ConversationId>("The conversation."),
});
const tag = "Conversations";
const read = { tag, access: members("routing.read") } as const;
const written = { tag, access: members("routing.write"), invalid: "InvalidConversation" } as const;
/** Also allowed for the agent who has the conversation. */
const writtenByOwner = {
  tag,
  access: members("routing.write", "own.write"),
  invalid: "InvalidConversation",
} as const;

export const createConversation = operation({
  ...written,
  id: "createConversation",
  method: "POST",
  path: collection,
  summary: "Report a conversation",
  description:
    "With `agentId`, it is recorded as assigned, regardless of the agent's availability. Otherwise it waits in " +
    "its queue, and the matcher assigns or offers it.",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: conversationDraftSchema,
  allowsEmptyBody: true,
  success: response.created("The conversation.", conversationSchema),
  errors: ["ConversationAlreadyExists"],
});

export const listConversations = operation({
  ...read,
  id: "listConversations",
  method: "GET",
  path: collection,
  summary: "List conversations",
  params: workspaceParams,
  query: conversationsQuerySchema,
  success: response.ok("A page of conversations.", pageOf(conversationSchema)),
});

export const getConversation = operation({
  ...read,
  id: "getConversation",
  method: "GET",
  path: one,
  summary: "Get a conversation",
  params: conversationParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The conversation.", conversationSchema),
  errors: ["ConversationNotFound"],
});

export const patchConversation = operation({
  ...written,
  id: "patchConversation",
  method: "PATCH",
  path: one,
  summary: "Change a conversation",
  description:
    "A waiting conversation is matched again immediately and keeps its place. `queueId` can't be changed while it is " +
    "assigned; requeue it instead.",
  params: conversationParams,
  reads: ["If-Match"],
  body: conversationChangeSchema,
  success: response.okWithTag("The conversation after the change.", conversationSchema),
  errors: ["ConversationNotFound", "ConversationClosed", "ConversationAssigned"],
});

const changed = {
  status: 200,
  description: "The conversation after the change.",
  body: conversationSchema,
  headers: ["ETag"],
} as const;

export const assignConversation = operation({
  ...written,
  id: "assignConversation",
  method: "POST",
  path: `${one}/assign`,
  summary: "Assign a conversation manually",
  description:
    "Withdraws a pending offer. Ignores teams and skills. Returns 409 `AgentNotAvailable` with the codes that close the " +
    "channel, unless `force` is true.",
  params: conversationParams,
  reads: ["Idempotency-Key"],
  body: assignmentSchema,
  allowsEmptyBody: true,
  success: changed,
  errors: ["ConversationNotFound", "ConversationClosed", "AgentNotAvailable"],
});

export const requeueConversation = operation({
  ...writtenByOwner,
  id: "requeueConversation",
  method: "POST",
  path: `${one}/requeue`,
  summary: "Return a conversation to a queue",
  description: "Keeps its waiting time. Withdraws a pending offer.",
  params: conversationParams,
  reads: ["Idempotency-Key"],
  body: requeueSchema,
  allowsEmptyBody: true,
  success: changed,
  errors: ["ConversationNotFound", "ConversationClosed"],
});

export const closeConversation = operation({
  ...writtenByOwner,
  id: "closeConversation",
  method: "POST",
  path: `${one}/close`,
  summary: "Close a conversation",
  description: "Starts the wrap-up of its agent. Also succeeds if it is already closed.",
  params: conversationParams,
  reads: ["Idempotency-Key"],
  success: changed,
  errors: ["ConversationNotFound"],
});

export const getAgentUsage = operation({
  id: "getAgentUsage",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/usage",
  tag: "Agents",
  summary: "Count the conversations of an agent",
  access: members("agents.read"),
  params: agentParams,
  success: response.ok("What deleting the agent would affect.", agentUsageSchema),
  errors: ["AgentNotFound"],
});
