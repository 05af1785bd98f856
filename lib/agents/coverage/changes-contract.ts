import { z } from "zod";
import { intervalsSchema, intervalWeekSchema } from "@/lib/hours/schedule/contract";
import type { RotationId } from "@/lib/hours/shifts/rotations-contract";
import { requireEndLater, timeOffTimeShape } from "@/lib/hours/time-off/contract";
import type { TimeOffTypeId } from "@/lib/hours/time-off/types-contract";
import {
  booleanSchema,
  countSchema,
  dateSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { AgentId, Branded } from "@/lib/platform/ids";
import { coverageRiskSchema } from "./contract";
import type { SkillId, SkillValueId, TeamId } from "./needs-contract";
import { plannedChangeLimit } from "./values";

export type ChangeSetId = Branded<"ChangeSetId">;

const base = "/api/workspaces/{workspaceId}";
const tag = "Coverage";
const read = { tag, access: members("agents.read"), params: workspaceParams } as const;
const written = { tag, access: members("calendar.write"), params: workspaceParams } as const;

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
