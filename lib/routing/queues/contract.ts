import { z } from "zod";
import { channels } from "@/lib/availability/effective/values";
import {
  booleanSchema,
  countSchema,
  idSchema,
  instantSchema,
  nameSchema,
  oneOf,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { Branded } from "@/lib/platform/ids";
import { offerModes, queueTeamTypes, secondsLimits, stepLimit, strategies } from "./values";

export type QueueId = Branded<"QueueId">;
export type TeamId = Branded<"TeamId">;

function wholeNumber({ min, max }: { min: number; max: number }, unit = "") {
  const error = `must be a whole number ${unit}from ${min} to ${max}.`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** The urgency of a conversation or queue relative to others. */
export const prioritySchema = wholeNumber({ min: 0, max: 100 }).meta({
  description: "0 to 100. Higher is more urgent.",
});

const teamIdsSchema = z
  .array(idSchema<TeamId>("A team."))
  .overwrite((ids) => [...new Set(ids)])
  .max(100, { error: "must have at most 100 teams." });

const teamsSchema = z
  .array(z.strictObject({ type: z.enum(queueTeamTypes, oneOf(queueTeamTypes)), ids: teamIdsSchema }))
  .max(queueTeamTypes.length, { error: "must have one entry per type." })
  .refine((teams) => new Set(teams.map(({ type }) => type)).size === teams.length, {
    error: "must have one entry per type.",
  })
  .meta({
    description:
      "Agents of the `primary` teams take conversations (all agents if there are none). Agents of the `secondary` teams join " +
      "when the target time is missed.",
  });

const stepSchema = z
  .strictObject({
    afterSeconds: wholeNumber(secondsLimits.step, "of seconds "),
    teamIds: teamIdsSchema.optional().meta({ description: "Teams that join." }),
    dropSkills: booleanSchema.optional().meta({ description: "Whether skill requirements are dropped." }),
  })
  .refine((step) => step.dropSkills === true || (step.teamIds?.length ?? 0) > 0, {
    error: "must add teams or drop the skills.",
  });

const ascending = "must come later than the step before it.";

const stepsSchema = z
  .array(stepSchema)
  .max(stepLimit, { error: `must have at most ${stepLimit} steps.` })
  .superRefine((steps, context) => {
    for (const [index, step] of steps.entries()) {
      const before = steps[index - 1];
      if (before && step.afterSeconds <= before.afterSeconds)
        context.addIssue({ code: "custom", path: [index, "afterSeconds"], message: ascending });
    }
  })
  .meta({ description: "Steps that add agents while a conversation waits, in ascending order." });

const input = {
  name: nameSchema,
  description: text({ max: 2000 }),
  default: booleanSchema.meta({ description: "Gets conversations that are reported without a queue." }),
  priority: prioritySchema,
  teams: teamsSchema,
  offerMode: z.enum(offerModes, oneOf(offerModes)).meta({
    description: "`auto`: conversations are assigned. `accept`: an agent is asked first.",
  }),
  offerTimeout: wholeNumber(secondsLimits.offer, "of seconds ").meta({
    description: "Seconds until an offer expires.",
  }),
  strategy: z
    .enum(strategies, oneOf(strategies))
    .meta({ description: "The order of the agents who can take a conversation." }),
  targetSeconds: wholeNumber(secondsLimits.target, "of seconds ").meta({
    description: "Target wait time in seconds.",
  }),
  steps: stepsSchema,
  rampSeconds: wholeNumber(secondsLimits.ramp, "of seconds ").meta({
    description:
      "An agent who becomes available gets one conversation immediately, then one per this many seconds. 0: no limit.",
  }),
};

export const queueDraftSchema = z
  .strictObject({
    name: input.name,
    description: input.description.optional(),
    default: input.default.default(false),
    priority: input.priority.default(50),
    teams: input.teams.default([]),
    offerMode: input.offerMode.default("auto"),
    offerTimeout: input.offerTimeout.default(30),
    strategy: input.strategy.default("leastLoaded"),
    targetSeconds: input.targetSeconds.default(120),
    steps: input.steps.default([]),
    rampSeconds: input.rampSeconds.default(0),
  })
  .meta({ id: "QueueDraft" });

/** A change of a queue. Omitted properties stay as they are; `null` clears the description. */
export const queueChangeSchema = z
  .strictObject({ ...input, description: input.description.nullable() })
  .partial()
  .meta({ id: "QueueChange" });

const itemsSchema = z
  .strictObject(
    Object.fromEntries(channels.map((channel) => [channel, countSchema])) as Record<
      (typeof channels)[number],
      typeof countSchema
    >,
  )
  .meta({ id: "QueuedItems", description: "Waiting and offered conversations, by channel." });

export const queueSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    name: z.string(),
    description: z.string().optional(),
    default: z.boolean(),
    priority: z.int(),
    teams: z.array(z.strictObject({ type: z.enum(queueTeamTypes), ids: z.array(uuidSchema) })),
    offerMode: z.enum(offerModes),
    offerTimeout: z.int(),
    strategy: z.enum(strategies),
    targetSeconds: z.int(),
    steps: z.array(
      z.strictObject({
        afterSeconds: z.int(),
        teamIds: z.array(uuidSchema).optional(),
        dropSkills: z.boolean().optional(),
      }),
    ),
    rampSeconds: z.int(),
    queuedItems: itemsSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "Queue" });

/** Conversations that refer to a queue. */
export const queueUsageSchema = z
  .strictObject({
    waiting: countSchema.meta({
      description: "Waiting and offered conversations. The queue can't be deleted while it has any.",
    }),
    assigned: countSchema.meta({ description: "Assigned conversations, which lose their queue." }),
  })
  .meta({ id: "QueueUsage" });

export type Queue = z.output<typeof queueSchema>;
export type QueueDraft = z.output<typeof queueDraftSchema>;
export type QueueChange = z.output<typeof queueChangeSchema>;
export type QueueUsage = z.output<typeof queueUsageSchema>;

const collection = "/api/workspaces/{workspaceId}/inbox/routing-queues";
const one = `${collection}/{queueId}` as const;
const queueParams = workspaceParams.extend({ queueId: idSchema<QueueId>("The queue.") });
const shared = { tag: "Queues", access: members("routing.read") } as const;
const written = { tag: "Queues", access: members("routing.write") } as const;

export const listQueues = operation({
  ...shared,
  id: "listQueues",
  method: "GET",
  path: collection,
  summary: "List queues",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of queues, oldest first.", pageOf(queueSchema)),
});

export const getQueue = operation({
  ...shared,
  id: "getQueue",
  method: "GET",
  path: one,
  summary: "Get a queue",
  params: queueParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The queue.", queueSchema),
  errors: ["QueueNotFound"],
});

export const createQueue = operation({
  ...written,
  id: "createQueue",
  audit: "queue.created",
  method: "POST",
  path: collection,
  summary: "Create a queue",
  description:
    "Only one queue per workspace can be the default. To change it, first set `default: false` on the current one.",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: queueDraftSchema,
  invalid: "InvalidQueue",
  success: response.created("The new queue.", queueSchema),
  errors: ["DefaultQueueAlreadyExists"],
});

export const patchQueue = operation({
  ...written,
  id: "patchQueue",
  audit: "queue.changed",
  method: "PATCH",
  path: one,
  summary: "Change a queue",
  description:
    "`teams` and `steps` are replaced as a whole. Waiting conversations are matched again immediately.",
  params: queueParams,
  reads: ["If-Match"],
  body: queueChangeSchema,
  invalid: "InvalidQueue",
  success: response.okWithTag("The queue after the change.", queueSchema),
  errors: ["QueueNotFound", "DefaultQueueAlreadyExists"],
});

export const deleteQueue = operation({
  ...written,
  id: "deleteQueue",
  audit: "queue.deleted",
  method: "DELETE",
  path: one,
  summary: "Delete a queue",
  description:
    "Returns 409 while conversations in it are waiting or offered. Assigned conversations lose their queue.",
  params: queueParams,
  reads: ["If-Match"],
  success: response.noContent("The queue was deleted."),
  errors: ["QueueNotFound", "QueueInUse"],
});

export const getQueueUsage = operation({
  ...written,
  id: "getQueueUsage",
  method: "GET",
  path: `${one}/usage`,
  summary: "Count what refers to a queue",
  params: queueParams,
  success: response.ok("The numbers.", queueUsageSchema),
  errors: ["QueueNotFound"],
});
