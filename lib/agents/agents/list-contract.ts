import { z } from "zod";
import { agentSchema } from "@/lib/agents/agents/contract";
import { agentOrders, mostSearchWords } from "@/lib/agents/agents/values";
import { activitySchema, agentStatusSchema } from "@/lib/availability/declared/contract";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import { channelSchema } from "@/lib/availability/effective/contract";
import {
  booleanParameter,
  idSchema,
  instantParameter,
  instantSchema,
  limitParameter,
  oneOf,
  pageOf,
  pageTokenParameter,
  severalParameter,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { AgentId, Branded, RoleId } from "@/lib/platform/ids";

const oneOfParameter = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.enum(values, oneOf(values));

export const agentQuerySchema = z.strictObject({
  limit: limitParameter,
  pageToken: pageTokenParameter,
  sortBy: oneOfParameter(agentOrders).default("createdAt").meta({
    description:
      "`createdAt`: oldest first. `name`: A–Z. `assignedCount`: fewest open conversations first. `statusAssignedCount`: active, away, offline, and fewest first within each. `match` is an extension: names that start with `search`, then names in which each of its words starts a word, then names that contain them, then matches by email address; A–Z within each. Without `search`, same as `name`.",
  }),
  reverse: booleanParameter.default(false).meta({
    description: "Reverses the order.",
    override: { type: "boolean", default: false },
  }),
  name: text({ min: 1, max: 255 }).optional().meta({
    description:
      "Part of the name. Ignores case, accents, and variants of quotation marks, hyphens and spaces.",
  }),
  email: text({ min: 1, max: 320 })
    .optional()
    .meta({ description: "Part of an email address, compared like names." }),
  search: text({ min: 1, max: 255 })
    .refine((value) => value.trim().split(/\s+/u).length <= mostSearchWords, {
      error: `must have at most ${mostSearchWords} words. Remove some.`,
    })
    .optional()
    .meta({
      description: `Words in any order, separated by white space, at most ${mostSearchWords}: each must be part of the name or of an email address, compared like names.`,
    }),
  agentStatuses: severalParameter(oneOfParameter(agentStatuses), "Agents with one of these statuses."),
  roleIds: severalParameter(idSchema<RoleId>("A role."), "Agents with one of these roles."),
  activities: severalParameter(oneOfParameter(activities), "Agents with one of these activities now."),
  teamIds: severalParameter(idSchema<Branded<"TeamId">>("A team."), "Agents in one of these teams."),
  skillIds: severalParameter(idSchema<Branded<"SkillId">>("A skill."), "Agents with one of these skills."),
  inHours: booleanParameter.optional().meta({
    description:
      "`true`: agents in hours now, by their weekly schedule, holidays and time zone. `false`: all other agents. An agent without a schedule is in hours except on holidays.",
    override: { type: "boolean" },
  }),
  canTake: severalParameter(
    channelSchema,
    "Agents who can take a conversation on one of these channels now (docs/availability.md).",
  ),
  lastStatusActivitySince: instantParameter.optional().meta({
    description: "The status last changed at this time or later.",
    override: { type: "string", format: "date-time" },
  }),
  lastStatusActivityUpto: instantParameter.optional().meta({
    description: "The status last changed at this time or earlier.",
    override: { type: "string", format: "date-time" },
  }),
  agentIds: severalParameter(
    idSchema<AgentId>("An agent."),
    "Only these agents, in this order. Also accepted as `ids`. Other parameters are ignored.",
  ),
});

export type AgentQuery = z.output<typeof agentQuerySchema>;

const tag = "Agents";

export const listAgents = operation({
  id: "listAgents",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/agents",
  tag,
  summary: "List agents",
  description: "An agent must match all filters. Within one filter, one matching value is enough.",
  access: members("agents.read"),
  params: workspaceParams,
  query: agentQuerySchema,
  queryOptions: { aliases: { ids: "agentIds" }, exclusive: "agentIds" },
  success: response.ok("A page of agents.", pageOf(agentSchema)),
});

/** An agent reduced to what a list of all agents needs. */
export const briefAgentSchema = z
  .strictObject({
    id: uuidSchema,
    status: agentStatusSchema,
    activity: activitySchema,
    name: z.string(),
    avatarUrl: z.string().optional(),
    createdAt: instantSchema,
  })
  .meta({ id: "BriefAgent" });

export type BriefAgent = z.output<typeof briefAgentSchema>;

export const listAllAgents = operation({
  id: "listAllAgents",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/all-agents",
  tag,
  summary: "List all agents, short form",
  description: "Streamed and not paginated.",
  access: members("agents.read"),
  params: workspaceParams,
  reads: ["If-None-Match"],
  success: response.okWithTag(
    "All agents, oldest first.",
    z.strictObject({ results: z.array(briefAgentSchema) }),
  ),
});
