import { z } from "zod";
import { agentQuerySchema } from "@/lib/agents/agents/list-contract";
import { plannedShiftSchema } from "@/lib/hours/shifts/hours-contract";
import { timeOffSchema } from "@/lib/hours/time-off/contract";
import { dateSchema, oneOf, pageOf, severalParameter, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { findingKinds } from "./values";

const base = "/api/workspaces/{workspaceId}";
const tag = "Coverage";
const read = { tag, access: members("agents.read"), params: workspaceParams } as const;

/** Something in the schedules that is probably a mistake. */
export const findingSchema = z
  .strictObject({
    kind: z.enum(findingKinds).meta({
      description:
        "`clockChange`: a shift starts or ends while clocks change. `leapDay`: a holiday on 29 February. `noHours`: no hours for 30 days. `onlyOne`: a team or skill with one agent. `unmeetableNeed`: a need above the number of agents. `rotationEnded`: all memberships have ended.",
    }),
    agentId: uuidSchema.optional(),
    teamId: uuidSchema.optional(),
    skillId: uuidSchema.optional(),
    needId: uuidSchema.optional(),
    rotationId: uuidSchema.optional(),
    date: dateSchema.optional(),
    name: z.string().optional().meta({ description: "The name of what it is about." }),
  })
  .meta({ id: "ScheduleFinding" });

export type ScheduleFinding = z.output<typeof findingSchema>;

export const listScheduleFindings = operation({
  ...read,
  id: "listScheduleFindings",
  method: "GET",
  path: `${base}/schedules/findings`,
  summary: "List probable mistakes in schedules",
  query: z.strictObject({
    kinds: severalParameter(z.enum(findingKinds, oneOf(findingKinds)), "Of one of these kinds."),
  }),
  success: response.ok("At most 500.", z.strictObject({ results: z.array(findingSchema) })),
});

export const plannerQuerySchema = agentQuerySchema.extend({
  from: dateSchema.meta({ description: "The first local date." }),
  to: dateSchema.meta({ description: "The last local date, included; at most 14 dates." }),
});

export type PlannerQuery = z.output<typeof plannerQuerySchema>;

/** An agent's row of the planner. */
export const plannerRowSchema = z
  .strictObject({
    agentId: uuidSchema,
    name: z.string(),
    timezone: z.string(),
    teams: z.array(z.strictObject({ id: uuidSchema, name: z.string() })).meta({
      description: "The agent's teams, earliest membership first.",
    }),
    shifts: z.array(plannedShiftSchema),
    timeOff: z.array(timeOffSchema),
    holidays: z.array(z.strictObject({ date: dateSchema, name: z.string() })),
    timezones: z.record(dateSchema, z.string()).optional().meta({
      description: "Dates that are read in another time zone: that of a travel or rotation.",
    }),
  })
  .meta({ id: "PlannerRow" });

export type PlannerRow = z.output<typeof plannerRowSchema>;

export const listPlanner = operation({
  ...read,
  id: "listPlanner",
  method: "GET",
  path: `${base}/planner`,
  summary: "List shifts, time off and holidays by agent",
  description: "Filters and order are those of the list of agents.",
  query: plannerQuerySchema,
  queryOptions: { aliases: { ids: "agentIds" } },
  success: response.ok("A page of agents.", pageOf(plannerRowSchema)),
});
