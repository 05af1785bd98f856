import { z } from "zod";
import { activitySchema, agentStatusSchema } from "@/lib/availability/declared/contract";
import { instantParameter, instantSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams } from "@/lib/platform/http/paths";
import { changeCauseSchema } from "@/lib/records/ledger/contract";

/** Maximum number of days per request. */
export const longestPeriodDays = 31;

const boundary = { type: "string", format: "date-time" } as const;

export const spansQuerySchema = z.strictObject({
  from: instantParameter.optional().meta({
    description: `Start of the period, at most ${longestPeriodDays} days before its end. Default: 24 hours before \`to\`.`,
    override: boundary,
  }),
  to: instantParameter.optional().meta({
    description: "End of the period. Default: now. A future time counts as now.",
    override: boundary,
  }),
});

export type SpansQuery = z.output<typeof spansQuerySchema>;

export const spanSchema = z
  .strictObject({
    from: instantSchema,
    to: instantSchema.optional().meta({ description: "Absent if the span has not ended." }),
    status: agentStatusSchema,
    activity: activitySchema,
    activityText: z.string().optional(),
    cause: changeCauseSchema,
  })
  .meta({ id: "Span", description: "Status and activity that an agent declared, with their period." });

export const spansSchema = z.strictObject({
  results: z.array(spanSchema).meta({
    description:
      "Oldest first, without gaps or overlaps, cut to the period. Empty if the agent did not exist yet.",
  }),
});

export type Spans = z.output<typeof spansSchema>;

export const listSpans = operation({
  id: "listSpans",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/availability/spans",
  tag: "Availability",
  summary: "List what an agent declared over time",
  description: "An activity with a time limit ends at that limit, with the cause `timeout`.",
  access: members("agents.read"),
  params: agentParams,
  query: spansQuerySchema,
  success: response.ok("The spans of the period.", spansSchema),
  errors: ["AgentNotFound"],
});
