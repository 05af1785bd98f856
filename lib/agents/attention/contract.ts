import { z } from "zod";
import { activitySchema, agentStatusSchema } from "@/lib/availability/declared/contract";
import { channelSchema } from "@/lib/availability/effective/contract";
import {
  countSchema,
  idSchema,
  instantSchema,
  limitParameter,
  severalParameter,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { Branded } from "@/lib/platform/ids";
import { attentionReasons, usualAwayMinutes } from "./values";

const attentionQuerySchema = z.strictObject({
  teamIds: severalParameter(idSchema<Branded<"TeamId">>("A team."), "Agents in one of these teams."),
  limit: limitParameter.meta({ description: "Number of agents per reason." }),
});

export type AttentionQuery = z.output<typeof attentionQuerySchema>;

/** An agent who needs attention. */
export const attentionAgentSchema = z
  .strictObject({
    agentId: uuidSchema,
    name: z.string(),
    avatarUrl: z.string().optional(),
    status: agentStatusSchema,
    activity: activitySchema,
    since: instantSchema
      .optional()
      .meta({ description: "When the status or activity started. Absent for `overCapacity`." }),
    load: z
      .strictObject({ channel: channelSchema, open: countSchema, capacity: countSchema })
      .optional()
      .meta({ description: "The channel that is furthest above its capacity. Only for `overCapacity`." }),
  })
  .meta({ id: "AttentionAgent" });

export type AttentionAgent = z.output<typeof attentionAgentSchema>;

export const attentionSchema = z
  .strictObject({
    at: instantSchema,
    reasons: z
      .array(
        z.strictObject({
          reason: z.enum(attentionReasons),
          total: countSchema.meta({ description: "Number of agents with this reason." }),
          results: z
            .array(attentionAgentSchema)
            .meta({ description: "The first agents, most urgent first." }),
        }),
      )
      .meta({
        description: "All reasons, in this order. `notPresent` only if the policy uses presence.",
      }),
  })
  .meta({ id: "Attention" });

export type Attention = z.output<typeof attentionSchema>;

export const getAttention = operation({
  id: "getAttention",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/attention",
  tag: "Availability",
  summary: "List agents who need attention",
  description:
    "`overCapacity`: more open conversations than the capacity of a channel, furthest above it first. " +
    `\`longAway\`: away or on a break for more than ${usualAwayMinutes} minutes during working hours, longest ` +
    "first. `activeOutOfHours`: active outside working hours, longest first. `notPresent`: active and in " +
    "during working hours without an open session, longest first. Bots only appear under `overCapacity`. " +
    "Invited and suspended people, too.",
  access: members("agents.read"),
  params: workspaceParams,
  query: attentionQuerySchema,
  success: response.ok("Agents, grouped by reason.", attentionSchema),
});
