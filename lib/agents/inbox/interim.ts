import { z } from "zod";
import { activitySchema, agentStatusSchema } from "@/lib/availability/declared/contract";
import { countSchema, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { availabilityCodeSchema, channelSchema } from "@/lib/availability/effective/contract";

const byCode = z.partialRecord(availabilityCodeSchema, countSchema);
const perChannel = z.record(channelSchema, countSchema);

export const candidateSchema = z.strictObject({
  agentId: uuidSchema,
  name: z.string(),
  avatarUrl: z.string().optional(),
  status: agentStatusSchema,
  activity: activitySchema,
  open: countSchema,
  offered: countSchema,
  capacity: countSchema.optional(),
  lastAssignedAt: instantSchema.optional(),
});
export type Candidate = z.output<typeof candidateSchema>;

export const listCandidates = operation({
  id: "listCandidates",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/candidates",
  tag: "Availability",
  summary: "x",
  access: members("agents.read"),
  params: workspaceParams,
  query: z.strictObject({
    channel: channelSchema,
    teamIds: z.array(z.string()).optional(),
    limit: z.string().optional(),
  }),
  success: {
    status: 200,
    description: "x",
    body: z.strictObject({
      at: instantSchema,
      channel: channelSchema,
      results: z.array(candidateSchema),
      nextPageToken: z.string().optional(),
      total: countSchema,
      others: byCode,
    }),
  },
  errors: [],
});

export const inboxAvailabilitySchema = z.strictObject({
  at: instantSchema,
  agents: countSchema,
  channels: z.record(
    channelSchema,
    z.strictObject({ open: countSchema, room: countSchema.optional(), closed: byCode }),
  ),
  teams: z.array(
    z.strictObject({ teamId: uuidSchema, name: z.string(), agents: countSchema, open: perChannel }),
  ),
  skills: z.array(
    z.strictObject({ skillId: uuidSchema, name: z.string(), agents: countSchema, open: perChannel }),
  ),
});
export type InboxAvailability = z.output<typeof inboxAvailabilitySchema>;

export const getInboxAvailability = operation({
  id: "getInboxAvailability",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/availability",
  tag: "Availability",
  summary: "x",
  access: members("agents.read"),
  params: workspaceParams,
  query: z.strictObject({ teamIds: z.array(z.string()).optional(), skillIds: z.array(z.string()).optional() }),
  success: { status: 200, description: "x", body: inboxAvailabilitySchema },
  errors: [],
});
