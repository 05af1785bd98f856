import { z } from "zod";
import { activitySchema, agentStatusSchema } from "@/lib/availability/declared/contract";
import { channelSchema } from "@/lib/availability/effective/contract";
import { type Channel, type Code, channels, codes } from "@/lib/availability/effective/values";
import {
  countSchema,
  idSchema,
  instantParameter,
  instantSchema,
  pageOf,
  pageQuerySchema,
  severalParameter,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { AgentId, Branded } from "@/lib/platform/ids";

/** The agents and the time that a question is about. */
const question = {
  teamIds: severalParameter(idSchema<Branded<"TeamId">>("A team."), "Agents in one of these teams."),
  skillIds: severalParameter(idSchema<Branded<"SkillId">>("A skill."), "Agents with all of these skills."),
  skillValueIds: severalParameter(
    idSchema<Branded<"SkillValueId">>("A value of a skill."),
    "Agents with all of these skill values.",
  ),
  agentIds: severalParameter(idSchema<AgentId>("An agent."), "Only these agents."),
  at: instantParameter.optional().meta({
    description: "The time to evaluate, at most 400 days before or after now. Default: now.",
    override: { type: "string", format: "date-time" },
  }),
};

export const candidatesQuerySchema = z.strictObject({
  channel: channelSchema,
  ...question,
  queueId: idSchema<Branded<"QueueId">>("Only agents of the queue's primary teams.").optional(),
  ...pageQuerySchema.shape,
});

export type CandidatesQuery = z.output<typeof candidatesQuerySchema>;

/** An agent who can take a conversation. */
export const candidateSchema = z
  .strictObject({
    agentId: uuidSchema,
    name: z.string(),
    avatarUrl: z.string().optional(),
    status: agentStatusSchema,
    activity: activitySchema,
    open: countSchema.meta({ description: "Open conversations on the channel." }),
    offered: countSchema.meta({ description: "Pending offers on the channel." }),
    capacity: countSchema.optional().meta({ description: "Absent if unlimited." }),
    lastAssignedAt: instantSchema.optional(),
  })
  .meta({ id: "Candidate" });

export type Candidate = z.output<typeof candidateSchema>;

const byCode = Object.fromEntries(codes.map((code) => [code, countSchema.optional()])) as {
  [code in Code]: z.ZodOptional<typeof countSchema>;
};

/** Numbers of agents by the first code that closes a channel. Codes without agents are absent. */
export const countsByCodeSchema = z.strictObject(byCode).meta({
  id: "CountsByCode",
  description: "Agents by the first code that closes the channel. Codes without agents are absent.",
});

export const candidatesSchema = pageOf(candidateSchema).extend({
  at: instantSchema,
  channel: channelSchema,
  results: z.array(candidateSchema).meta({ description: "Best first." }),
  total: countSchema.meta({ description: "Agents whose channel is open, on all pages." }),
  others: countsByCodeSchema,
});

export type Candidates = z.output<typeof candidatesSchema>;

export const inboxAvailabilityQuerySchema = z.strictObject(question);

export type InboxAvailabilityQuery = z.output<typeof inboxAvailabilityQuerySchema>;

function byChannel<Schema extends z.ZodType>(schema: Schema) {
  return z.strictObject(
    Object.fromEntries(channels.map((channel) => [channel, schema])) as { [channel in Channel]: Schema },
  );
}

const openByChannel = byChannel(countSchema).meta({
  id: "OpenByChannel",
  description: "Agents whose channel is open, by channel.",
});

/** How many agents can take conversations. */
export const inboxAvailabilitySchema = z
  .strictObject({
    at: instantSchema,
    agents: countSchema.meta({ description: "All matching agents." }),
    channels: byChannel(
      z.strictObject({
        open: countSchema.meta({ description: "Agents whose channel is open." }),
        room: countSchema.optional().meta({
          description: "The remaining capacity of these agents. Absent if one of them is unlimited.",
        }),
        closed: countsByCodeSchema,
      }),
    ),
    teams: z.array(
      z.strictObject({ teamId: uuidSchema, name: z.string(), agents: countSchema, open: openByChannel }),
    ),
    skills: z.array(
      z.strictObject({ skillId: uuidSchema, name: z.string(), agents: countSchema, open: openByChannel }),
    ),
  })
  .meta({ id: "InboxAvailability" });

export type InboxAvailability = z.output<typeof inboxAvailabilitySchema>;

const tag = "Availability";

export const listCandidates = operation({
  id: "listCandidates",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/candidates",
  tag,
  summary: "List who can take the next conversation",
  description:
    "Agents whose channel is open, best first: the smallest share of capacity in use after the conversation" +
    ", then the longest time since the last assignment. `others` counts each other matching agent once.",
  access: members("agents.read"),
  params: workspaceParams,
  query: candidatesQuerySchema,
  success: response.ok("A page of agents.", candidatesSchema),
});

export const getInboxAvailability = operation({
  id: "getInboxAvailability",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/availability",
  tag,
  summary: "Count who can take conversations",
  description: "Computed at most once per second and shared by callers with the same query.",
  access: members("agents.read"),
  params: workspaceParams,
  query: inboxAvailabilityQuerySchema,
  success: response.ok("The numbers.", inboxAvailabilitySchema),
});
