import { z } from "zod";
import {
  booleanSchema,
  countSchema,
  instantParameter,
  instantSchema,
  oneOf,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import {
  type AllowableCode,
  allowableCodes,
  type Channel,
  channels,
  codes,
  type DeciderName,
  deciderCodes,
  presenceModes,
  remedies,
} from "./values";

export const channelSchema = z
  .enum(channels, oneOf(channels))
  .meta({ id: "Channel", description: "What an agent can take." });

export const availabilityCodeSchema = z
  .enum(codes)
  .meta({ id: "AvailabilityCode", description: "A reason that closes channels." });

const wholeNumber = (min: number, max: number, otherwise: string) => {
  const error = `must be a whole number from ${min} to ${max}, or ${otherwise}.`;
  return z.int({ error }).min(min, { error }).max(max, { error }).nullable();
};

const channelList = `must be a list of different channels out of ${channels.join(", ")}.`;

/** Checks the list as a whole, so that errors are reported at `allow.<code>` and not at one of its items. */
const openDespiteSchema = z
  .custom<Channel[]>(
    (value) =>
      Array.isArray(value) &&
      value.every((item) => channels.some((channel) => channel === item)) &&
      new Set(value).size === value.length,
    { error: channelList },
  )
  .meta({
    override: { type: "array", items: { type: "string", enum: [...channels] }, uniqueItems: true },
  });

function byAllowableCode<Schema extends z.ZodType>(schema: Schema) {
  return Object.fromEntries(allowableCodes.map((code) => [code, schema])) as {
    [code in AllowableCode]: Schema;
  };
}

const allowDescription = "Channels that each code does not close. Replaced as a whole.";

const longestLeave = 86_400;

const secondsError = `must be a whole number of seconds from 0 to ${longestLeave}.`;
const leaveSeconds = z
  .int({ error: secondsError })
  .min(0, { error: secondsError })
  .max(longestLeave, { error: secondsError })
  .optional();

const settings = {
  presence: z.enum(presenceModes, oneOf(presenceModes)).meta({
    description:
      "`off`: nothing depends on presence. `gate`: absence closes channels. `sync`: presence also sets the status.",
  }),
  idleAfterMinutes: wholeNumber(1, 240, "null for never").meta({
    description: "Minutes without input after which a present agent is idle. `null`: never.",
  }),
  missedOffers: wholeNumber(1, 10, "null for any number").meta({
    description:
      "Number of consecutive missed offers after which an agent counts as not responding. `null`: never.",
  }),
  enforceHours: booleanSchema.meta({ description: "Whether channels are closed outside working hours." }),
  reassignOnLeave: z
    .strictObject(
      { messaging: leaveSeconds, email: leaveSeconds, voice: leaveSeconds },
      {
        error: (issue) =>
          issue.code === "invalid_type"
            ? 'must be an object such as {"messaging": 300}, or null.'
            : undefined,
      },
    )
    .nullable()
    .meta({
      description:
        "Seconds after which conversations of an agent who left return to their queues, by channel. Replaced as a " +
        "whole. `null` or an absent channel: never.",
    }),
};

/** Rules of a workspace about what closes channels. */
export const availabilityPolicySchema = z
  .strictObject({
    ...settings,
    allow: z
      .strictObject(byAllowableCode(z.array(channelSchema).optional()))
      .meta({ description: allowDescription }),
    updatedAt: instantSchema,
  })
  .meta({ id: "AvailabilityPolicy" });

/** A change of the policy. Omitted properties stay as they are. */
export const availabilityPolicyChangeSchema = z
  .strictObject({
    ...settings,
    allow: z
      .strictObject(byAllowableCode(openDespiteSchema.optional()), {
        error: (issue) =>
          issue.code === "invalid_type" ? 'must be an object such as {"absent": ["email"]}.' : undefined,
      })
      .meta({ description: allowDescription }),
  })
  .partial()
  .meta({ id: "AvailabilityPolicyChange" });

export type AvailabilityPolicyAnswer = z.output<typeof availabilityPolicySchema>;
export type AvailabilityPolicyChange = z.output<typeof availabilityPolicyChangeSchema>;

/** Whether a channel is open, and what closes it. */
export const verdictSchema = z
  .strictObject({
    open: z.boolean(),
    room: countSchema.optional().meta({
      description: "Remaining capacity. Absent if unlimited.",
    }),
    closedBy: z
      .array(availabilityCodeSchema)
      .meta({ description: "All codes that close the channel, in order." }),
    nextChangeAt: instantSchema.optional().meta({
      description: "When `open` changes if nobody acts. Absent if it doesn't change within 400 days.",
    }),
  })
  .meta({ id: "AvailabilityVerdict" });

function decider<Name extends DeciderName, Shape extends z.ZodRawShape>(name: Name, shape: Shape) {
  return z.strictObject({
    decider: z.literal(name),
    code: z.enum(deciderCodes[name]),
    channels: z.array(channelSchema).min(1).meta({ description: "The channels that it closes." }),
    since: instantSchema.optional(),
    until: instantSchema
      .optional()
      .meta({ description: "When it stops closing the channels if nobody acts." }),
    remedy: z.enum(remedies).meta({ description: "Who or what can open the channels again." }),
    ...shape,
  });
}

/** A reason that closes channels. */
export const availabilityDeciderSchema = z
  .discriminatedUnion("decider", [
    decider("membership", {}),
    decider("status", {}),
    decider("activity", { details: z.strictObject({ text: z.string() }).optional() }),
    decider("timeOff", {
      details: z.strictObject({ id: uuidSchema.optional(), reason: z.string().optional() }),
    }),
    decider("hours", {
      details: z
        .strictObject({ name: z.string(), date: z.iso.date() })
        .optional()
        .meta({ description: "The holiday. Absent for `outOfHours`." }),
    }),
    decider("presence", { details: z.strictObject({ lastSeenAt: instantSchema.optional() }).optional() }),
    decider("idle", {}),
    decider("wrapUp", { details: z.strictObject({ conversationId: uuidSchema }) }),
    decider("capacity", {
      details: z.strictObject({
        channel: channelSchema,
        open: countSchema,
        offered: countSchema,
        capacity: countSchema,
        ruleId: uuidSchema.optional().meta({ description: "Absent for voice, whose capacity is always 1." }),
      }),
    }),
    decider("call", {}),
    decider("response", {}),
  ])
  .meta({ id: "AvailabilityDecider" });

/** Why an agent can or can't take work at a time. */
export const availabilityExplanationSchema = z
  .strictObject({
    agentId: uuidSchema,
    at: instantSchema,
    timezone: z.string(),
    channels: z.strictObject({
      messaging: verdictSchema.optional(),
      email: verdictSchema.optional(),
      voice: verdictSchema.optional(),
    }),
    deciders: z
      .array(availabilityDeciderSchema)
      .meta({ description: "Everything that closes a channel, in the order of codes." }),
    next: z
      .strictObject({ presetId: uuidSchema, when: z.literal("afterConversations") })
      .optional()
      .meta({ description: "The preset that the agent switches to later. Absent without one." }),
  })
  .meta({ id: "AvailabilityExplanation" });

export type AvailabilityExplanation = z.output<typeof availabilityExplanationSchema>;

const policyPath = {
  path: "/api/workspaces/{workspaceId}/availability-policy",
  tag: "Availability",
  params: workspaceParams,
} as const;

export const getAvailabilityPolicy = operation({
  ...policyPath,
  id: "getAvailabilityPolicy",
  method: "GET",
  summary: "Get the availability policy",
  description: "The rules of this workspace about what closes agents' channels.",
  access: members("settings.read"),
  reads: ["If-None-Match"],
  success: response.okWithTag("The policy.", availabilityPolicySchema),
});

export const patchAvailabilityPolicy = operation({
  ...policyPath,
  id: "patchAvailabilityPolicy",
  audit: "availabilityPolicy.changed",
  method: "PATCH",
  summary: "Change the availability policy",
  description: "`allow` and `reassignOnLeave` are replaced as a whole. Omitted properties keep their values.",
  access: members("settings.write"),
  reads: ["If-Match"],
  body: availabilityPolicyChangeSchema,
  invalid: "InvalidAvailabilityPolicy",
  success: response.okWithTag("The policy after the change.", availabilityPolicySchema),
});

const previewedSchema = z.strictObject({
  before: countSchema.meta({ description: "Agents whose channel is open with the policy in effect." }),
  after: countSchema.meta({ description: "Agents whose channel would be open with the change." }),
});

/** The effect of a policy change. */
export const policyPreviewSchema = z
  .strictObject({
    at: instantSchema,
    agents: countSchema.meta({ description: "All agents of the workspace." }),
    channels: z.strictObject({
      messaging: previewedSchema,
      email: previewedSchema,
      voice: previewedSchema,
    }),
  })
  .meta({ id: "AvailabilityPolicyPreview" });

export type PolicyPreview = z.output<typeof policyPreviewSchema>;

export const previewAvailabilityPolicy = operation({
  ...policyPath,
  id: "previewAvailabilityPolicy",
  method: "POST",
  path: "/api/workspaces/{workspaceId}/availability-policy/preview",
  summary: "Preview a change of the availability policy",
  description: "The number of agents with each channel open, now and with the change. Saves nothing.",
  access: members("settings.read"),
  body: availabilityPolicyChangeSchema,
  invalid: "InvalidAvailabilityPolicy",
  success: response.ok("The counts before and after.", policyPreviewSchema),
});

export const explainAvailability = operation({
  id: "explainAvailability",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/availability/explain",
  tag: "Availability",
  summary: "Explain what an agent can take",
  description:
    "Which channels are open at a time, and everything that closes the others. Answers about later times assume " +
    "that nobody acts. Returns 404 for a time before the agent existed.",
  access: members("agents.read"),
  params: agentParams,
  query: z.strictObject({
    at: instantParameter.optional().meta({
      description: "At most 400 days before or after now. Default: now.",
      override: { type: "string", format: "date-time" },
    }),
    channel: channelSchema
      .optional()
      .meta({ description: "Limits the answer to one channel and what closes it." }),
  }),
  success: response.ok("The answer and its reasons.", availabilityExplanationSchema),
  errors: ["AgentNotFound"],
});
