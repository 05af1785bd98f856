import { z } from "zod";
import { dateSchema, instantParameter, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams } from "@/lib/platform/http/paths";
import { hoursReasons, shiftSources } from "./values";

/** A shift as it takes place. */
export const plannedShiftSchema = z
  .strictObject({
    date: dateSchema.meta({ description: "The local date on which it starts." }),
    start: instantSchema,
    end: instantSchema,
    source: z.enum(shiftSources),
    sourceId: uuidSchema.optional().meta({ description: "The rotation." }),
    name: z
      .string()
      .optional()
      .meta({ description: "The name of the shared shift, or the note of the override." }),
    shiftId: uuidSchema.optional().meta({ description: "The shared shift." }),
    cutBy: uuidSchema.optional().meta({ description: "The time off that takes a part of it." }),
  })
  .meta({ id: "PlannedShift" });

export type PlannedShift = z.output<typeof plannedShiftSchema>;

/** Why an agent is in hours, or not. */
export const hoursExplanationSchema = z
  .strictObject({
    at: instantSchema,
    in: z.boolean().meta({ description: "Whether the agent is in hours." }),
    since: instantSchema.optional(),
    until: instantSchema.optional().meta({ description: "The next change. Absent if there is none." }),
    shifts: z.array(plannedShiftSchema).meta({ description: "The shifts in progress." }),
    suppressed: z
      .array(
        z.strictObject({
          shift: plannedShiftSchema,
          by: z.strictObject({
            source: z.enum(hoursReasons),
            id: uuidSchema.optional(),
            name: z.string().optional(),
          }),
        }),
      )
      .meta({ description: "Shifts that would be in progress, and what removed them." }),
  })
  .meta({ id: "HoursExplanation" });

export type HoursExplanation = z.output<typeof hoursExplanationSchema>;

export const agentShiftsQuerySchema = z.strictObject({
  from: dateSchema.meta({ description: "The first local date." }),
  to: dateSchema.meta({ description: "The last local date, included; at most 92 dates." }),
});

export type AgentShiftsQuery = z.output<typeof agentShiftsQuerySchema>;

const base = "/api/workspaces/{workspaceId}";
const readAccess = members("agents.read");

export const listAgentShifts = operation({
  id: "listAgentShifts",
  method: "GET",
  path: `${base}/agents/{agentId}/shifts`,
  tag: "Shifts",
  summary: "List an agent's shifts as they take place",
  description: "With all layers: weekly hours, rotations, holidays, overrides and time off.",
  access: readAccess,
  params: agentParams,
  query: agentShiftsQuerySchema,
  success: response.ok(
    "The shifts that start on these dates, by start.",
    z.strictObject({ timezone: z.string(), results: z.array(plannedShiftSchema) }),
  ),
  errors: ["AgentNotFound"],
});

export const explainHours = operation({
  id: "explainHours",
  method: "GET",
  path: `${base}/agents/{agentId}/hours/explain`,
  tag: "Shifts",
  summary: "Explain whether an agent is in hours",
  access: readAccess,
  params: agentParams,
  query: z.strictObject({
    at: instantParameter.optional().meta({
      description: "Default: now.",
      override: { type: "string", format: "date-time" },
    }),
  }),
  success: response.ok("The explanation.", hoursExplanationSchema),
  errors: ["AgentNotFound"],
});
