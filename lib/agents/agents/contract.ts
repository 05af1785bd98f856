import { z } from "zod";
import { agentRoleSchema } from "@/lib/access/roles/contract";
import { agentStatusSchema, availabilitySchema } from "@/lib/availability/declared/contract";
import { embeddedWorkloadSchema } from "@/lib/availability/workload/contract";
import {
  holidayResponseSchema,
  holidaysSchema,
  timezoneSchema,
  weeklyScheduleResponseSchema,
  weeklyScheduleSchema,
} from "@/lib/hours/schedule/contract";
import { idSchema, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { Branded, UserId } from "@/lib/platform/ids";
import { countryCodes } from "@/lib/platform/locale/countries";
import { transcriptionLocales } from "@/lib/platform/locale/transcription";
import { assignedSkillSchema, skillValueTypeSchema } from "@/lib/workforce/skills/contract";
import { agentTeamSchema } from "@/lib/workforce/teams/contract";

export const phoneNumberSchema = z.string().regex(/^\+[1-9]\d{6,14}$/, {
  error: "must be in E.164 form: + and the country code, then digits only, such as +14155550123.",
});

const countryCodeSchema = z
  .string()
  .refine((value) => countryCodes.includes(value), {
    error: "must be an ISO 3166-1 alpha-2 country code in capital letters, such as DE.",
  })
  .meta({ minLength: 2, maxLength: 2, description: "ISO 3166-1 alpha-2." });

const transcriptionLocaleSchema = z
  .enum(transcriptionLocales as [string, ...string[]], {
    error: "must be a supported transcription language, such as en-US.",
  })
  .meta({ id: "TranscriptionLocale" });

const forwardNumberSchema = z
  .strictObject({ enabled: z.boolean(), number: phoneNumberSchema, maskCaller: z.boolean() })
  .meta({ id: "ForwardNumber", description: "The number that calls are forwarded to. Replaced as a whole." });

/** The person behind an agent, with any custom properties as strings. */
const agentUserSchema = z
  .object({
    id: uuidSchema,
    name: z.string(),
    avatarUrl: z.string().optional(),
    defaultEmail: z.string().optional(),
    phoneNumber: z.string().optional(),
  })
  .catchall(z.string())
  .meta({ id: "AgentUser" });

const dropVmSchema = z
  .strictObject({ id: uuidSchema, name: z.string(), mediaUrl: z.string() })
  .meta({ id: "DropVm", description: "A recording that the agent can leave as a voicemail." });

/** An agent. Same shape as in the original API (docs/contract.md). */
export const agentSchema = z
  .strictObject({
    id: uuidSchema,
    status: agentStatusSchema,
    statusBeforeOffline: agentStatusSchema.optional(),
    name: z.string(),
    overrideName: z.boolean().meta({ description: "Whether the agent's name differs from the user's name." }),
    workspaceId: uuidSchema,
    type: z.enum(["user", "bot"]),
    userEmails: z.array(z.string()).meta({ description: "The user's email addresses, default first." }),
    bio: z.string().optional(),
    avatarUrl: z.string().optional(),
    dropVms: z.array(dropVmSchema),
    tagCount: z.int().min(0),
    wrapUpTime: z
      .int()
      .min(0)
      .max(3600)
      .meta({ description: "Seconds after a conversation before the next one is assigned." }),
    lastAssignedAt: instantSchema.optional(),
    lastSetToAwayAt: instantSchema.optional(),
    teams: z.array(agentTeamSchema),
    workload: embeddedWorkloadSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
    availability: availabilitySchema,
    timezone: z.string(),
    defaultCountryCode: z.string().optional(),
    defaultCallerId: z.string().optional(),
    forwardNumber: forwardNumberSchema.optional(),
    transcriptionLocale: transcriptionLocaleSchema.optional(),
    roles: z.array(agentRoleSchema),
    user: agentUserSchema.optional(),
    weeklySchedule: weeklyScheduleResponseSchema.optional(),
    holidays: z.array(holidayResponseSchema),
    assignedSkills: z.array(assignedSkillSchema),
    defaultSenderId: uuidSchema.optional(),
    outOfOfficeResponse: z.string().optional(),
  })
  .meta({ id: "Agent" });

export type Agent = z.output<typeof agentSchema>;

const nameSchema = text({ min: 1, max: 255, trim: true });
const bioSchema = text({ max: 2000 });

const reference = <Name extends string>(description: string) => idSchema<Branded<Name>>(description);

const uniqueBy = (items: readonly unknown[]) => new Set(items).size === items.length;

const assignedSkillsInputSchema = z
  .array(
    z.strictObject({
      id: reference<"SkillId">("The skill."),
      name: z.string().optional(),
      valueType: skillValueTypeSchema.optional(),
      selectedValues: z
        .array(
          z.strictObject({
            id: reference<"SkillValueId">("The value."),
            value: z.string().optional(),
            icon: z.string().nullable().optional(),
          }),
        )
        .max(100, { error: "must have at most 100 values." })
        .refine((values) => uniqueBy(values.map((value) => value.id)), {
          error: "has the same value twice. Remove one.",
        })
        .default([]),
    }),
  )
  .max(100, { error: "must have at most 100 skills." })
  .refine((skills) => uniqueBy(skills.map((skill) => skill.id)), {
    error: "has the same skill twice. Remove one.",
  });

const dropVmsInputSchema = z
  .array(
    z.strictObject({
      id: reference<"DropVmId">("The recording. Leave out for a new one.").optional(),
      name: text({ min: 1, max: 255, trim: true }),
      mediaUrl: text({ min: 1, max: 2048 }),
    }),
  )
  .max(20, { error: "must have at most 20 recordings." })
  .refine((items) => uniqueBy(items.flatMap((item) => item.id ?? [])), {
    error: "has the same recording twice. Remove one.",
  });

const avatarUrlSchema = text({ min: 1, max: 2048 }).meta({
  description:
    "A `mediaUrl` of a finished upload for this agent, or an absolute https: address without a user name or password.",
});

export const agentDraftSchema = z
  .strictObject({
    name: nameSchema,
    type: z.enum(["user", "bot"], { error: "must be user or bot." }).default("user"),
    userId: idSchema<UserId>(
      "The person behind the agent. Required for type `user`, not allowed for type `bot`.",
    ).optional(),
    bio: bioSchema.optional(),
    teamIds: z
      .array(reference<"TeamId">("A team."))
      .max(100, { error: "must have at most 100 teams." })
      .optional(),
    timezone: timezoneSchema.optional(),
    defaultCountryCode: countryCodeSchema.optional(),
    weeklySchedule: weeklyScheduleSchema.optional(),
    holidays: holidaysSchema.optional(),
  })
  .superRefine(
    (draft: { type?: unknown; userId?: unknown }, context) => {
      const issue = (message: string) => context.addIssue({ code: "custom", path: ["userId"], message });
      if (draft.type === "bot" && draft.userId !== undefined)
        issue("must be absent for type bot, because a bot has no person.");
      if (draft.type !== "bot" && draft.userId === undefined)
        issue("is required for type user. Set the id of a person, or use type bot.");
    },
    // Runs even if other properties are invalid, so that one response lists every error.
    { when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value) },
  )
  .meta({ id: "AgentDraft" });

export type AgentDraft = z.output<typeof agentDraftSchema>;

/** A change of an agent: omitted properties stay as they are; `null` clears a value where allowed. */
export const agentChangeSchema = z
  .strictObject({
    name: nameSchema.optional(),
    bio: bioSchema.nullable().optional(),
    status: agentStatusSchema.optional(),
    avatarUrl: avatarUrlSchema.nullable().optional(),
    dropVms: dropVmsInputSchema.optional(),
    wrapUpTime: z
      .int({ error: "must be a whole number of seconds from 0 to 3600." })
      .min(0, { error: "must be at least 0 seconds." })
      .max(3600, { error: "must be at most 3600 seconds (an hour)." })
      .optional(),
    timezone: timezoneSchema.optional(),
    defaultCountryCode: countryCodeSchema.nullable().optional(),
    defaultCallerId: phoneNumberSchema.nullable().optional(),
    forwardNumber: forwardNumberSchema.nullable().optional(),
    transcriptionLocale: transcriptionLocaleSchema.nullable().optional(),
    weeklySchedule: weeklyScheduleSchema.nullable().optional(),
    holidays: holidaysSchema.optional(),
    assignedSkills: assignedSkillsInputSchema.optional(),
    defaultSenderId: reference<"SenderProfileId">("The default sender profile for new messages.")
      .nullable()
      .optional(),
    outOfOfficeResponse: text({ max: 2000 }).nullable().optional(),
  })
  .meta({ id: "AgentChange" });

export type AgentChange = z.output<typeof agentChangeSchema>;

const tag = "Agents";
const collection = "/api/workspaces/{workspaceId}/agents";
const one = `${collection}/{agentId}` as const;
const agentAnswer = { status: 200, description: "The agent.", body: agentSchema, headers: ["ETag"] } as const;
const changers = members("agents.write", "availability.write", "own.write");

export const createAgent = operation({
  id: "createAgent",
  method: "POST",
  path: collection,
  tag,
  summary: "Create an agent",
  access: members("agents.write"),
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: agentDraftSchema,
  invalid: "InvalidAgent",
  success: response.created("The new agent.", agentSchema),
  errors: ["AgentAlreadyExists", "InsufficientStorage"],
});

export const getAgent = operation({
  id: "getAgent",
  method: "GET",
  path: one,
  tag,
  summary: "Get an agent",
  access: members("agents.read"),
  params: agentParams,
  reads: ["If-None-Match"],
  success: agentAnswer,
  errors: ["AgentNotFound"],
});

export const patchAgent = operation({
  id: "patchAgent",
  method: "PATCH",
  path: one,
  tag,
  summary: "Change an agent",
  description:
    "Absent properties stay unchanged. `null` clears a property. Either all changes are saved or none.",
  access: changers,
  params: agentParams,
  reads: ["If-Match"],
  body: agentChangeSchema,
  invalid: "InvalidAgent",
  success: { ...agentAnswer, description: "The agent after the change." },
  errors: ["AgentNotFound", "PersonSuspended", "InsufficientStorage"],
});

export const deleteAgent = operation({
  id: "deleteAgent",
  method: "DELETE",
  path: one,
  tag,
  summary: "Delete an agent",
  description: "Permanently deletes the profile and its media. The user stays in the workspace.",
  access: members("agents.delete"),
  params: agentParams,
  reads: ["If-Match"],
  success: response.noContent("The agent was deleted."),
  errors: ["AgentNotFound", "OwnAgent"],
});
