import { z } from "zod";
import { idSchema, instantSchema, pageOf, pageQuerySchema, uuidSchema } from "@/lib/http/fields";
import { members, operation } from "@/lib/http/operation";
import { workspaceParams } from "@/lib/http/paths";

const counts = {
  activeMemberCount: z.int().min(0).meta({ description: "Members who have joined, whatever their status." }),
  pendingMemberCount: z
    .int()
    .min(0)
    .meta({ description: "Members who are invited and have not joined yet." }),
};

/** A team as an agent carries it. */
export const agentTeamSchema = z
  .strictObject({ id: uuidSchema, name: z.string(), memberSince: instantSchema, ...counts })
  .meta({ id: "AgentTeam" });

const teamShape = {
  id: uuidSchema,
  workspaceId: uuidSchema,
  name: z.string(),
  description: z.string().optional(),
  visibility: z.enum(["public", "private"]),
  ...counts,
  createdAt: instantSchema,
  updatedAt: instantSchema,
};

/** A team in a list. */
export const teamSchema = z.strictObject(teamShape).meta({ id: "Team" });

/** A team with its members. */
export const teamWithMembersSchema = z
  .strictObject({
    ...teamShape,
    members: z.array(
      z.strictObject({ agentId: uuidSchema, memberSince: instantSchema, pending: z.boolean() }),
    ),
  })
  .meta({ id: "TeamWithMembers" });

export type Team = z.output<typeof teamSchema>;
export type TeamWithMembers = z.output<typeof teamWithMembersSchema>;

const shared = { tag: "Teams", access: members("settings.read") } as const;

export const listTeams = operation({
  ...shared,
  id: "listTeams",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/teams",
  summary: "List teams",
  params: workspaceParams,
  query: pageQuerySchema,
  success: { status: 200, description: "A page of teams, oldest first.", body: pageOf(teamSchema) },
  errors: ["InvalidPageToken"],
});

export const getTeam = operation({
  ...shared,
  id: "getTeam",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/teams/{teamId}",
  summary: "Get a team and its members",
  params: workspaceParams.extend({ teamId: idSchema("The team.") }),
  success: { status: 200, description: "The team.", body: teamWithMembersSchema },
  errors: ["TeamNotFound"],
});
