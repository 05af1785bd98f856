import { z } from "zod";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import { instantSchema, oneOf } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";

/** Whether an agent takes part in routing. */
export const agentStatusSchema = z
  .enum(agentStatuses, oneOf(agentStatuses))
  .meta({ id: "AgentStatus", description: "Declared status. A new agent starts `away`." });

export const activitySchema = z
  .enum(activities, oneOf(activities))
  .meta({ id: "Activity", description: "Declared activity." });

export type AgentStatus = z.output<typeof agentStatusSchema>;
export type Activity = z.output<typeof activitySchema>;

export const availabilitySchema = z
  .strictObject({
    status: agentStatusSchema,
    activity: activitySchema,
    activityTtl: z.int().min(1).max(86_400).optional().meta({
      description: "Seconds until the activity becomes `available` again. Absent if it has no time limit.",
    }),
    activityText: z.string().optional(),
    lastStatusSet: instantSchema,
    lastActivitySet: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "Availability" });

export type Availability = z.output<typeof availabilitySchema>;

/** A change of availability. Omitted properties stay as they are. */
export const availabilityChangeSchema = z
  .strictObject({
    status: agentStatusSchema.optional(),
    activity: activitySchema.optional(),
    activityTtl: z
      .int({ error: "must be a whole number of seconds from 1 to 86400, or null." })
      .min(1, { error: "must be at least 1 second." })
      .max(86_400, { error: "must be at most 86400 seconds (a day)." })
      .nullable()
      .optional()
      .meta({ description: "Seconds until the activity ends. `null` removes the time limit." }),
    activityText: text({ max: 140 }).nullable().optional(),
  })
  .meta({ id: "AvailabilityChange" });

export type AvailabilityChange = z.output<typeof availabilityChangeSchema>;

const shared = {
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/availability",
  tag: "Availability",
  params: agentParams,
} as const;

export const getAvailability = operation({
  ...shared,
  id: "getAvailability",
  method: "GET",
  summary: "Get an agent's availability",
  access: members("agents.read"),
  reads: ["If-None-Match"],
  success: response.okWithTag("The current availability.", availabilitySchema),
  errors: ["AgentNotFound"],
});

export const patchAvailability = operation({
  ...shared,
  id: "patchAvailability",
  method: "PATCH",
  summary: "Change an agent's availability",
  description:
    "A change with `activity` also clears `activityTtl` and `activityText`, unless it sets them. A change without `activity` keeps them.",
  access: members("availability.write", "own.write"),
  reads: ["If-Match"],
  body: availabilityChangeSchema,
  invalid: "InvalidAvailability",
  success: response.okWithTag("The availability after the change.", availabilitySchema),
  errors: ["AgentNotFound", "PersonSuspended"],
});

export const postReady = operation({
  ...shared,
  id: "postReady",
  method: "POST",
  path: `${shared.path}/ready`,
  summary: "Declare an agent ready",
  description:
    "Ends the current wrap-up and `notResponding`. The declared status and activity stay the same. " +
    "Also succeeds if there is nothing to end.",
  access: members("availability.write", "own.write"),
  success: response.okWithTag("The current availability.", availabilitySchema),
  errors: ["AgentNotFound"],
});
