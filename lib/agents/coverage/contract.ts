import { z } from "zod";
import { agentQuerySchema } from "@/lib/agents/agents/list-contract";
import { channelSchema } from "@/lib/availability/effective/contract";
import { intervalsSchema, intervalWeekSchema, wallTimeSchema } from "@/lib/hours/schedule/contract";
import { plannedShiftSchema } from "@/lib/hours/shifts/hours-contract";
import type { RotationId } from "@/lib/hours/shifts/rotations-contract";
import { requireEndLater, timeOffSchema, timeOffTimeShape } from "@/lib/hours/time-off/contract";
import type { TimeOffTypeId } from "@/lib/hours/time-off/types-contract";
import {
  booleanSchema,
  countSchema,
  dateSchema,
  idSchema,
  instantSchema,
  oneOf,
  pageOf,
  pageQuerySchema,
  severalParameter,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { AgentId, Branded } from "@/lib/platform/ids";
import { weekdays } from "@/lib/platform/time/calendar";
import { coverageGroupings, coverageSteps, findingKinds, plannedChangeLimit, riskKinds } from "./values";

export type CoverageNeedId = Branded<"CoverageNeedId">;
export type ChangeSetId = Branded<"ChangeSetId">;
export type TeamId = Branded<"TeamId">;
export type SkillId = Branded<"SkillId">;
export type SkillValueId = Branded<"SkillValueId">;

const needDays = z
  .union(
    [
      dateSchema,
      z
        .array(z.enum(weekdays, oneOf(weekdays)))
        .overwrite((days) => [...new Set(days)])
        .min(1, { error: "must have at least one day." }),
    ],
    { error: "must be a list of weekdays, or a date such as 2026-12-24." },
  )
  .meta({
    description: "Weekdays, or one date. A need of a date replaces those of its weekday for the same group.",
  });

const wholeMinimum = "must be a whole number from 1 to 10000.";
const needShape = {
  teamId: idSchema<TeamId>("Only agents of this team count."),
  skillId: idSchema<SkillId>("Only agents with this skill count."),
  channel: channelSchema,
  days: needDays,
  from: wallTimeSchema,
  to: wallTimeSchema.meta({ description: "Not later than `from`: on the next date." }),
  minimum: z
    .int({ error: wholeMinimum })
    .min(1, { error: wholeMinimum })
    .max(10_000, { error: wholeMinimum }),
};

/** How many agents must be scheduled, in the workspace's time zone. */
export const coverageNeedSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    teamId: uuidSchema.optional(),
    skillId: uuidSchema.optional(),
    channel: channelSchema.optional(),
    days: needDays,
    from: wallTimeSchema,
    to: wallTimeSchema,
    minimum: countSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "CoverageNeed" });

export const coverageNeedDraftSchema = z
  .strictObject({
    ...needShape,
    teamId: needShape.teamId.optional(),
    skillId: needShape.skillId.optional(),
    channel: needShape.channel.optional(),
  })
  .meta({ id: "CoverageNeedDraft" });

export const coverageNeedChangeSchema = z
  .strictObject({
    ...needShape,
    teamId: needShape.teamId.nullable(),
    skillId: needShape.skillId.nullable(),
    channel: needShape.channel.nullable(),
  })
  .partial()
  .meta({ id: "CoverageNeedChange" });

export type CoverageNeed = z.output<typeof coverageNeedSchema>;
export type CoverageNeedDraft = z.output<typeof coverageNeedDraftSchema>;
export type CoverageNeedChange = z.output<typeof coverageNeedChangeSchema>;

const base = "/api/workspaces/{workspaceId}";
const tag = "Coverage";
const read = { tag, access: members("agents.read"), params: workspaceParams } as const;
const written = { tag, access: members("calendar.write"), params: workspaceParams } as const;
const needParams = workspaceParams.extend({ coverageNeedId: idSchema<CoverageNeedId>("The need.") });

export const listCoverageNeeds = operation({
  ...read,
  id: "listCoverageNeeds",
  method: "GET",
  path: `${base}/coverage-needs`,
  summary: "List coverage needs",
  query: pageQuerySchema,
  success: response.ok("A page of needs, oldest first.", pageOf(coverageNeedSchema)),
});

export const createCoverageNeed = operation({
  ...written,
  id: "createCoverageNeed",
  audit: "coverageNeed.created",
  method: "POST",
  path: `${base}/coverage-needs`,
  summary: "Create a coverage need",
  reads: ["Idempotency-Key"],
  body: coverageNeedDraftSchema,
  invalid: "InvalidCoverageNeed",
  success: response.created("The new need.", coverageNeedSchema),
  errors: ["TooManyCoverageNeeds"],
});

export const getCoverageNeed = operation({
  ...read,
  id: "getCoverageNeed",
  method: "GET",
  path: `${base}/coverage-needs/{coverageNeedId}`,
  summary: "Get a coverage need",
  params: needParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The need.", coverageNeedSchema),
  errors: ["CoverageNeedNotFound"],
});

export const patchCoverageNeed = operation({
  ...written,
  id: "patchCoverageNeed",
  audit: "coverageNeed.changed",
  method: "PATCH",
  path: `${base}/coverage-needs/{coverageNeedId}`,
  summary: "Change a coverage need",
  params: needParams,
  reads: ["If-Match"],
  body: coverageNeedChangeSchema,
  invalid: "InvalidCoverageNeed",
  success: response.okWithTag("The need after the change.", coverageNeedSchema),
  errors: ["CoverageNeedNotFound"],
});

export const deleteCoverageNeed = operation({
  ...written,
  id: "deleteCoverageNeed",
  audit: "coverageNeed.deleted",
  method: "DELETE",
  path: `${base}/coverage-needs/{coverageNeedId}`,
  summary: "Delete a coverage need",
  params: needParams,
  reads: ["If-Match"],
  success: response.noContent("The need was deleted."),
  errors: ["CoverageNeedNotFound"],
});

const coverageRange = {
  from: dateSchema.meta({ description: "The first date, in the workspace's time zone." }),
  to: dateSchema.meta({ description: "The last date, included." }),
};

const stepParameter = z
  .enum(["15", "30", "60"], oneOf(coverageSteps.map(String)))
  .default("30")
  .transform((value) => Number(value) as (typeof coverageSteps)[number])
  .meta({
    description: "Minutes of a step.",
    override: { type: "integer", enum: [...coverageSteps], default: 30 },
  });

const groupFilters = {
  teamIds: severalParameter(idSchema<TeamId>("A team."), "Only agents in one of these teams."),
  skillIds: severalParameter(idSchema<SkillId>("A skill."), "Only agents with one of these skills."),
};

export const coverageQuerySchema = z.strictObject({
  ...coverageRange,
  step: stepParameter,
  groupBy: z
    .enum(coverageGroupings, oneOf(coverageGroupings))
    .default("none")
    .meta({
      description: "One group, or one for each team or skill.",
      override: { type: "string", enum: [...coverageGroupings], default: "none" },
    }),
  ...groupFilters,
});

export type CoverageQuery = z.output<typeof coverageQuerySchema>;

const perStep = z.array(countSchema);

/** How many agents are scheduled in each step. */
export const coverageSchema = z
  .strictObject({
    from: instantSchema,
    to: instantSchema,
    step: z.int(),
    timezone: z.string(),
    groups: z.array(
      z.strictObject({
        id: uuidSchema.optional(),
        name: z.string(),
        scheduled: perStep.meta({ description: "Agents in hours for the whole step, one number per step." }),
        needed: perStep
          .optional()
          .meta({ description: "The minimum. Absent without a need for this group." }),
        off: perStep.meta({ description: "Agents whose hours time off or a holiday takes." }),
      }),
    ),
  })
  .meta({ id: "Coverage" });

export type Coverage = z.output<typeof coverageSchema>;

export const getCoverage = operation({
  ...read,
  id: "getCoverage",
  method: "GET",
  path: `${base}/coverage`,
  summary: "Count who is scheduled",
  description: "For up to 62 dates. A date on which clocks change has more or fewer steps.",
  query: coverageQuerySchema,
  success: response.ok("The numbers by group.", coverageSchema),
});

/** A stretch of time with too few agents. */
export const coverageRiskSchema = z
  .strictObject({
    kind: z.enum(riskKinds).meta({
      description: "`belowMinimum`: fewer than needed. `onlyOne`: one agent alone has a needed skill.",
    }),
    start: instantSchema,
    end: instantSchema,
    needId: uuidSchema,
    teamId: uuidSchema.optional(),
    skillId: uuidSchema.optional(),
    scheduled: countSchema.meta({ description: "The lowest number within the stretch." }),
    needed: countSchema,
    agentIds: z.array(uuidSchema).meta({ description: "Who is scheduled, at most 20." }),
  })
  .meta({ id: "CoverageRisk" });

export const coverageRisksSchema = z
  .strictObject({ timezone: z.string(), results: z.array(coverageRiskSchema) })
  .meta({ id: "CoverageRisks" });

export type CoverageRisk = z.output<typeof coverageRiskSchema>;
export type CoverageRisks = z.output<typeof coverageRisksSchema>;

export const coverageRisksQuerySchema = z.strictObject({ ...coverageRange, ...groupFilters });
export type CoverageRisksQuery = z.output<typeof coverageRisksQuerySchema>;

export const listCoverageRisks = operation({
  ...read,
  id: "listCoverageRisks",
  method: "GET",
  path: `${base}/coverage/risks`,
  summary: "List stretches with too few agents",
  description: "For up to 31 dates.",
  query: coverageRisksQuerySchema,
  success: response.ok("By start, at most 500.", coverageRisksSchema),
});

const agentId = idSchema<AgentId>("The agent.");

/** A planned change of hours, membership or skills. */
export const plannedChangeSchema = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("schedule"),
      agentId,
      week: intervalWeekSchema.nullable().meta({ description: "`null`: always." }),
      effectiveFrom: dateSchema
        .optional()
        .meta({ description: "Default: all dates; replaces all versions." }),
    }),
    z.strictObject({
      type: z.literal("override"),
      agentId,
      date: dateSchema,
      intervals: intervalsSchema().nullable().meta({ description: "`null` deletes the override." }),
    }),
    z
      .strictObject({
        type: z.literal("timeOff"),
        agentId,
        typeId: idSchema<TimeOffTypeId>("The type.")
          .optional()
          .meta({ description: "Default: the first one." }),
        ...timeOffTimeShape,
      })
      .superRefine(requireEndLater),
    z
      .strictObject({
        type: z.literal("rotation"),
        agentId,
        rotationId: idSchema<RotationId>("The rotation.").nullable().meta({ description: "`null`: none." }),
        offset: z.int().min(0).max(11).default(0),
        from: dateSchema.optional().meta({ description: "Default: today. Earlier shifts stay." }),
        until: dateSchema.optional(),
      })
      .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
        error: "must not be before `from`.",
        path: ["until"],
      }),
    z.strictObject({
      type: z.literal("team"),
      agentId,
      teamId: idSchema<TeamId>("The team."),
      member: booleanSchema,
    }),
    z.strictObject({
      type: z.literal("skill"),
      agentId,
      skillId: idSchema<SkillId>("The skill."),
      assigned: booleanSchema,
      valueIds: z
        .array(idSchema<SkillValueId>("A value."))
        .max(100)
        .overwrite((ids) => [...new Set(ids)])
        .optional(),
    }),
  ])
  .meta({ id: "PlannedChange" });

export type PlannedChange = z.output<typeof plannedChangeSchema>;

const changesSchema = z
  .array(plannedChangeSchema)
  .min(1, { error: "must have at least one change." })
  .max(plannedChangeLimit, { error: `must have at most ${plannedChangeLimit} changes.` });

export const coveragePreviewDraftSchema = z
  .strictObject({
    changes: changesSchema,
    from: dateSchema
      .optional()
      .meta({ description: "Default: the first date that the changes touch, or today." }),
    to: dateSchema.optional().meta({ description: "Default: 14 dates from `from` on, at most." }),
  })
  .meta({ id: "CoveragePreviewDraft" });

const numbersSchema = z.strictObject({ scheduled: countSchema, missing: countSchema });

/** The effect of changes on coverage, in stretches. */
export const coveragePreviewSchema = z
  .strictObject({
    timezone: z.string(),
    stretches: z
      .array(
        z.strictObject({
          start: instantSchema,
          end: instantSchema,
          groups: z.array(
            z.strictObject({
              teamId: uuidSchema.optional(),
              skillId: uuidSchema.optional(),
              name: z.string(),
              needed: countSchema.optional(),
              before: numbersSchema,
              after: numbersSchema,
            }),
          ),
        }),
      )
      .meta({ description: "Only stretches that the changes touch." }),
    risks: z.strictObject({ added: z.array(coverageRiskSchema), removed: z.array(coverageRiskSchema) }),
  })
  .meta({ id: "CoveragePreview" });

export type CoveragePreviewDraft = z.output<typeof coveragePreviewDraftSchema>;
export type CoveragePreview = z.output<typeof coveragePreviewSchema>;

export const previewCoverage = operation({
  ...read,
  access: members("calendar.write", "timeOff.write"),
  id: "previewCoverage",
  method: "POST",
  path: `${base}/coverage/preview`,
  summary: "Preview what changes do to coverage",
  description: "Changes nothing.",
  body: coveragePreviewDraftSchema,
  invalid: "InvalidCoverageChange",
  success: response.ok("Before and after.", coveragePreviewSchema),
  errors: ["AgentNotFound"],
});

export const timeOffPreviewDraftSchema = z
  .strictObject({
    agentId: agentId.optional().meta({ description: "Default: the caller's own agent." }),
    ...timeOffTimeShape,
  })
  .superRefine(requireEndLater)
  .meta({ id: "TimeOffPreviewDraft" });

export type TimeOffPreviewDraft = z.output<typeof timeOffPreviewDraftSchema>;

export const previewTimeOff = operation({
  ...read,
  access: members("own.write", "timeOff.write"),
  id: "previewTimeOff",
  method: "POST",
  path: `${base}/time-off/preview`,
  summary: "Preview what time off does to coverage",
  description: "Changes nothing. For other agents than the caller's own it needs `timeOff.write`.",
  body: timeOffPreviewDraftSchema,
  invalid: "InvalidTimeOff",
  success: response.ok("Before and after.", coveragePreviewSchema),
  errors: ["AgentNotFound"],
});

/** Changes that were applied together. */
export const changeSetSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    changes: z.array(plannedChangeSchema),
    actor: z.strictObject({
      type: z.enum(["user", "accessKey", "system"]),
      id: uuidSchema.optional(),
      name: z.string(),
    }),
    createdAt: instantSchema,
    undoneAt: instantSchema.optional(),
  })
  .meta({ id: "ChangeSet" });

export const changeSetDraftSchema = z
  .strictObject({
    changes: changesSchema,
    versions: z
      .record(z.guid({ error: "must be the UUID of an agent." }).toLowerCase(), z.string())
      .optional()
      .meta({ description: "For each agent, the `ETag` that must still be current, else 412." }),
  })
  .meta({ id: "ChangeSetDraft" });

export type ChangeSet = z.output<typeof changeSetSchema>;
export type ChangeSetDraft = z.output<typeof changeSetDraftSchema>;

export const listChangeSets = operation({
  ...written,
  id: "listChangeSets",
  method: "GET",
  path: `${base}/change-sets`,
  summary: "List change sets",
  query: pageQuerySchema,
  success: response.ok("A page of change sets, newest first.", pageOf(changeSetSchema)),
});

export const createChangeSet = operation({
  ...written,
  id: "createChangeSet",
  method: "POST",
  path: `${base}/change-sets`,
  summary: "Apply several changes as one",
  description:
    "All or nothing. Time off is entered approved. Changes of teams and skills also need `agents.write`.",
  reads: ["Idempotency-Key"],
  body: changeSetDraftSchema,
  invalid: "InvalidCoverageChange",
  success: { status: 201, description: "The change set.", body: changeSetSchema },
  // `versions` in the body has ETags of agents.
  errors: ["AgentNotFound", "TimeOffOverlaps", "TooManyTimeOff", "RotationOverlaps", "PreconditionFailed"],
});

const changeSetParams = workspaceParams.extend({ changeSetId: idSchema<ChangeSetId>("The change set.") });

export const getChangeSet = operation({
  ...written,
  id: "getChangeSet",
  method: "GET",
  path: `${base}/change-sets/{changeSetId}`,
  summary: "Get a change set",
  params: changeSetParams,
  success: response.ok("The change set.", changeSetSchema),
  errors: ["ChangeSetNotFound"],
});

export const undoChangeSet = operation({
  ...written,
  id: "undoChangeSet",
  method: "POST",
  path: `${base}/change-sets/{changeSetId}/undo`,
  summary: "Undo a change set",
  description: "Restores what it replaced, as long as nothing later changed the same.",
  params: changeSetParams,
  reads: ["Idempotency-Key"],
  success: response.ok("The change set.", changeSetSchema),
  errors: ["ChangeSetNotFound", "ChangeSetOverwritten", "ChangeSetUndone"],
});

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
