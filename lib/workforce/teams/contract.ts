import { z } from "zod";
import {
  agentListSchema,
  countSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";

const counts = {
  activeMemberCount: z.int().min(0).meta({ description: "Members who have joined, with any status." }),
  pendingMemberCount: z.int().min(0).meta({ description: "Members who are invited but haven't joined yet." }),
};

/** A team as part of an agent. */
export const agentTeamSchema = z
  .strictObject({ id: uuidSchema, name: z.string(), memberSince: instantSchema, ...counts })
  .meta({ id: "AgentTeam" });

const visibilitySchema = z.enum(["public", "private"], { error: "must be public or private." });

const teamShape = {
  id: uuidSchema,
  workspaceId: uuidSchema,
  name: z.string(),
  description: z.string().optional(),
  visibility: visibilitySchema,
  ...counts,
  createdAt: instantSchema,
  updatedAt: instantSchema,
};

export const teamSchema = z.strictObject(teamShape).meta({ id: "Team" });

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

const membersSchema = agentListSchema.meta({
  description: "All members of the team.",
});

export const teamDraftSchema = z
  .strictObject({
    name: nameSchema,
    description: text({ max: 2000 }).optional(),
    visibility: visibilitySchema.default("public"),
    agentIds: membersSchema.default([]),
  })
  .meta({ id: "TeamDraft" });

/** A change of a team. Omitted properties stay as they are; `null` clears the description. */
export const teamChangeSchema = z
  .strictObject({
    name: nameSchema.optional(),
    description: text({ max: 2000 }).nullable().optional(),
    visibility: visibilitySchema.optional(),
    agentIds: membersSchema.optional(),
  })
  .meta({ id: "TeamChange" });

/** Agents, queues and conversations that refer to a team. */
export const teamUsageSchema = z
  .strictObject({
    agents: countSchema.meta({ description: "Members, including invited ones." }),
    queues: countSchema.meta({ description: "Queues that use the team." }),
    waiting: countSchema.meta({ description: "Conversations waiting in these queues." }),
    needs: countSchema.meta({ description: "Coverage needs of the team. They are deleted with it." }),
  })
  .meta({ id: "TeamUsage" });

export type TeamDraft = z.output<typeof teamDraftSchema>;
export type TeamChange = z.output<typeof teamChangeSchema>;
export type TeamUsage = z.output<typeof teamUsageSchema>;

const collection = "/api/workspaces/{workspaceId}/teams";
const one = `${collection}/{teamId}` as const;
const teamParams = workspaceParams.extend({ teamId: idSchema("The team.") });
const shared = { tag: "Teams", access: members("settings.read") } as const;
const written = { tag: "Teams", access: members("settings.write") } as const;

export const listTeams = operation({
  ...shared,
  id: "listTeams",
  method: "GET",
  path: collection,
  summary: "List teams",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of teams, oldest first.", pageOf(teamSchema)),
});

export const getTeam = operation({
  ...shared,
  id: "getTeam",
  method: "GET",
  path: one,
  summary: "Get a team and its members",
  params: teamParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The team.", teamWithMembersSchema),
  errors: ["TeamNotFound"],
});

export const createTeam = operation({
  ...written,
  id: "createTeam",
  audit: "team.created",
  method: "POST",
  path: collection,
  summary: "Create a team",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: teamDraftSchema,
  invalid: "InvalidTeam",
  success: response.created("The new team.", teamWithMembersSchema),
});

export const patchTeam = operation({
  ...written,
  id: "patchTeam",
  audit: "team.changed",
  method: "PATCH",
  path: one,
  summary: "Change a team",
  description: "`agentIds` replaces the list of members. Members who stay keep their `memberSince`.",
  params: teamParams,
  reads: ["If-Match"],
  body: teamChangeSchema,
  invalid: "InvalidTeam",
  success: response.okWithTag("The team after the change.", teamWithMembersSchema),
  errors: ["TeamNotFound"],
});

export const deleteTeam = operation({
  ...written,
  id: "deleteTeam",
  audit: "team.deleted",
  method: "DELETE",
  path: one,
  summary: "Delete a team",
  description: "Its members stay in the workspace. It can't be the only primary team of a queue.",
  params: teamParams,
  reads: ["If-Match"],
  success: response.noContent("The team was deleted."),
  errors: ["TeamNotFound", "TeamInUse"],
});

const memberParams = agentParams.extend({ teamId: idSchema("The team.") });

export const addTeamMember = operation({
  ...written,
  id: "addTeamMember",
  audit: "team.changed",
  method: "PUT",
  path: `${one}/members/{agentId}`,
  summary: "Add an agent to a team",
  description: "Other members are unaffected. Succeeds if the agent is already a member.",
  params: memberParams,
  success: response.noContent("The agent is a member."),
  errors: ["TeamNotFound", "AgentNotFound"],
});

export const removeTeamMember = operation({
  ...written,
  id: "removeTeamMember",
  audit: "team.changed",
  method: "DELETE",
  path: `${one}/members/{agentId}`,
  summary: "Remove an agent from a team",
  description: "Other members are unaffected. Succeeds if the agent is not a member.",
  params: memberParams,
  success: response.noContent("The agent is not a member."),
  errors: ["TeamNotFound", "AgentNotFound"],
});

export const getTeamUsage = operation({
  ...written,
  id: "getTeamUsage",
  method: "GET",
  path: `${one}/usage`,
  summary: "Count the uses of a team",
  params: teamParams,
  success: response.ok("What deleting the team would affect.", teamUsageSchema),
  errors: ["TeamNotFound"],
});
