import { z } from "zod";
import { channelSchema } from "@/lib/availability/effective/contract";
import { wallTimeSchema } from "@/lib/hours/schedule/contract";
import {
  countSchema,
  dateSchema,
  idSchema,
  instantSchema,
  oneOf,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { Branded } from "@/lib/platform/ids";
import { weekdays } from "@/lib/platform/time/calendar";

export type CoverageNeedId = Branded<"CoverageNeedId">;
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
