import { z } from "zod";
import {
  booleanSchema,
  idSchema,
  instantSchema,
  nameSchema,
  oneOf,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { Branded } from "@/lib/platform/ids";
import { timeOffApprovals, timeOffTypeLimit } from "./values";

export type TimeOffTypeId = Branded<"TimeOffTypeId">;

/** A reason for time off. */
export const timeOffTypeSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    name: z.string(),
    approval: z.enum(timeOffApprovals),
    private: z.boolean().meta({ description: "Colleagues see neither the type nor the note." }),
    position: z.int().min(0).meta({ description: "Place in the list, from 0." }),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "TimeOffType" });

const lastPlace = `must be a whole number from 0 to ${timeOffTypeLimit - 1}.`;

const typeShape = {
  name: nameSchema,
  approval: z.enum(timeOffApprovals, oneOf(timeOffApprovals)).meta({
    description:
      "`automatic`: requests are approved immediately. `required`: somebody with `timeOff.write` decides.",
  }),
  private: booleanSchema,
  position: z
    .int({ error: lastPlace })
    .min(0, { error: lastPlace })
    .max(timeOffTypeLimit - 1, { error: lastPlace }),
};

export const timeOffTypeDraftSchema = z
  .strictObject({
    name: typeShape.name,
    approval: typeShape.approval.default("required"),
    private: typeShape.private.default(false),
    position: typeShape.position
      .optional()
      .meta({ description: "Place in the list, from 0. Default: last." }),
  })
  .meta({ id: "TimeOffTypeDraft" });

export const timeOffTypeChangeSchema = z.strictObject(typeShape).partial().meta({ id: "TimeOffTypeChange" });

export type TimeOffType = z.output<typeof timeOffTypeSchema>;
export type TimeOffTypeDraft = z.output<typeof timeOffTypeDraftSchema>;
export type TimeOffTypeChange = z.output<typeof timeOffTypeChangeSchema>;

const typeParams = workspaceParams.extend({ timeOffTypeId: idSchema<TimeOffTypeId>("The type.") });

const base = "/api/workspaces/{workspaceId}";
const tag = "Time off";
const read = { tag, access: members("agents.read") } as const;

const writtenType = { tag, access: members("timeOff.write"), invalid: "InvalidTimeOffType" } as const;

export const listTimeOffTypes = operation({
  ...read,
  id: "listTimeOffTypes",
  method: "GET",
  path: `${base}/time-off-types`,
  summary: "List types of time off",
  description: "A new workspace has Vacation, Sick, Training and Other.",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of types, by position.", pageOf(timeOffTypeSchema)),
});

export const createTimeOffType = operation({
  ...writtenType,
  id: "createTimeOffType",
  audit: "timeOffType.created",
  method: "POST",
  path: `${base}/time-off-types`,
  summary: "Create a type of time off",
  description: `At most ${timeOffTypeLimit} in a workspace.`,
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: timeOffTypeDraftSchema,
  success: response.created("The new type.", timeOffTypeSchema),
  errors: ["TimeOffTypeAlreadyExists", "TooManyTimeOffTypes"],
});

export const getTimeOffType = operation({
  ...read,
  id: "getTimeOffType",
  method: "GET",
  path: `${base}/time-off-types/{timeOffTypeId}`,
  summary: "Get a type of time off",
  params: typeParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The type.", timeOffTypeSchema),
  errors: ["TimeOffTypeNotFound"],
});

export const patchTimeOffType = operation({
  ...writtenType,
  id: "patchTimeOffType",
  audit: "timeOffType.changed",
  method: "PATCH",
  path: `${base}/time-off-types/{timeOffTypeId}`,
  summary: "Change a type of time off",
  params: typeParams,
  reads: ["If-Match"],
  body: timeOffTypeChangeSchema,
  success: response.okWithTag("The type after the change.", timeOffTypeSchema),
  errors: ["TimeOffTypeNotFound", "TimeOffTypeAlreadyExists"],
});

export const deleteTimeOffType = operation({
  ...writtenType,
  id: "deleteTimeOffType",
  audit: "timeOffType.deleted",
  method: "DELETE",
  path: `${base}/time-off-types/{timeOffTypeId}`,
  summary: "Delete a type of time off",
  description: "Only if no time off has it.",
  params: typeParams,
  reads: ["If-Match"],
  success: response.noContent("The type was deleted."),
  errors: ["TimeOffTypeNotFound", "TimeOffTypeInUse"],
});
