import { z } from "zod";
import { timezoneSchema } from "@/lib/hours/schedule/contract";
import type { ShiftId } from "@/lib/hours/shifts/contract";
import {
  countSchema,
  dateSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { AgentId, Branded } from "@/lib/platform/ids";
import { memberLimit, weekLimit } from "./values";

export type RotationId = Branded<"RotationId">;

const shiftOfDay = idSchema<ShiftId>("The shift that starts on this day.").optional();

const rotationWeekSchema = z
  .strictObject({
    monday: shiftOfDay,
    tuesday: shiftOfDay,
    wednesday: shiftOfDay,
    thursday: shiftOfDay,
    friday: shiftOfDay,
    saturday: shiftOfDay,
    sunday: shiftOfDay,
  })
  .meta({ description: "Ids of shifts by weekday. An absent day is a day off." });

const weeksSchema = z
  .array(rotationWeekSchema)
  .min(1, { error: "must have at least one week." })
  .max(weekLimit, { error: `must have at most ${weekLimit} weeks.` })
  .meta({ description: "Repeated in this order. The first one is the week of `startDate`." });

const wholeOffset = `must be a whole number from 0 to ${weekLimit - 1}.`;

const memberDraftSchema = z
  .strictObject({
    agentId: idSchema<AgentId>("The member."),
    offset: z
      .int({ error: wholeOffset })
      .min(0, { error: wholeOffset })
      .max(weekLimit - 1, { error: wholeOffset })
      .default(0)
      .meta({ description: "Weeks by which the member is ahead of the rotation." }),
    from: dateSchema.optional().meta({
      description:
        "The first date. Absent: the start of a new rotation. In a running one, today, or the first date of the same membership.",
    }),
    until: dateSchema.optional().meta({ description: "The last date, included. Absent: without an end." }),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    error: "must not be before `from`.",
    path: ["until"],
  });

const membersSchema = z
  .array(memberDraftSchema)
  .max(memberLimit, { error: `must have at most ${memberLimit.toLocaleString("en")} members.` });

/** Weeks of shifts that repeat. */
export const rotationSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    name: z.string(),
    timezone: z.string().optional().meta({ description: "One for all members. Absent: each member's own." }),
    startDate: dateSchema.meta({ description: "The rotation has no shifts before." }),
    weeks: z.array(rotationWeekSchema).meta({ description: "The weeks of the version in force today." }),
    versions: z
      .array(z.strictObject({ from: dateSchema, weeks: z.array(rotationWeekSchema) }))
      .meta({ description: "All versions, oldest first. Each applies from its date on." }),
    members: z.array(
      z.strictObject({
        id: uuidSchema,
        agentId: uuidSchema,
        offset: z.int(),
        from: dateSchema.optional(),
        until: dateSchema.optional(),
      }),
    ),
    agentCount: countSchema.meta({ description: "Agents whose membership has not ended." }),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "Rotation" });

export const rotationDraftSchema = z
  .strictObject({
    name: nameSchema,
    timezone: timezoneSchema
      .optional()
      .meta({ description: "One for all members. Absent: each member's own." }),
    startDate: dateSchema,
    weeks: weeksSchema,
    members: membersSchema.default([]),
  })
  .meta({ id: "RotationDraft" });

/** A change of a rotation. `timezone: null` means each member's own. */
export const rotationChangeSchema = z
  .strictObject({
    name: nameSchema.optional(),
    timezone: timezoneSchema.nullable().optional(),
    weeks: weeksSchema.optional(),
    effectiveFrom: dateSchema.optional().meta({
      description:
        "The date from which the new `weeks` apply. Default: today. Shifts before stay as they were.",
    }),
  })
  .refine(({ weeks, effectiveFrom }) => effectiveFrom === undefined || weeks !== undefined, {
    error: "needs `weeks`.",
    path: ["effectiveFrom"],
  })
  .meta({ id: "RotationChange" });

export const rotationMembersSchema = z
  .strictObject({ members: membersSchema })
  .meta({ id: "RotationMembers" });

export type Rotation = z.output<typeof rotationSchema>;
export type RotationDraft = z.output<typeof rotationDraftSchema>;
export type RotationChange = z.output<typeof rotationChangeSchema>;
export type RotationMembers = z.output<typeof rotationMembersSchema>;

const rotationParams = workspaceParams.extend({ rotationId: idSchema<RotationId>("The rotation.") });

const base = "/api/workspaces/{workspaceId}";
const readAccess = members("agents.read");
const writeAccess = members("calendar.write");

const ofRotations = { tag: "Rotations", access: readAccess } as const;

const writtenRotation = { tag: "Rotations", access: writeAccess, invalid: "InvalidRotation" } as const;

const rotationAfter = {
  status: 200,
  description: "The rotation after the change.",
  body: rotationSchema,
  headers: ["ETag"],
} as const;

export const listRotations = operation({
  ...ofRotations,
  id: "listRotations",
  method: "GET",
  path: `${base}/rotations`,
  summary: "List rotations",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of rotations, oldest first.", pageOf(rotationSchema)),
});

export const createRotation = operation({
  ...writtenRotation,
  id: "createRotation",
  audit: "rotation.created",
  method: "POST",
  path: `${base}/rotations`,
  summary: "Create a rotation",
  description: "On the dates of a membership, the rotation replaces the agent's weekly hours.",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: rotationDraftSchema,
  success: response.created("The new rotation.", rotationSchema),
  errors: ["RotationAlreadyExists", "RotationOverlaps"],
});

export const getRotation = operation({
  ...ofRotations,
  id: "getRotation",
  method: "GET",
  path: `${base}/rotations/{rotationId}`,
  summary: "Get a rotation",
  params: rotationParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The rotation.", rotationSchema),
  errors: ["RotationNotFound"],
});

export const patchRotation = operation({
  ...writtenRotation,
  id: "patchRotation",
  audit: "rotation.changed",
  method: "PATCH",
  path: `${base}/rotations/{rotationId}`,
  summary: "Change a rotation",
  description: "New `weeks` apply from `effectiveFrom` on and replace later versions.",
  params: rotationParams,
  reads: ["If-Match"],
  body: rotationChangeSchema,
  success: rotationAfter,
  errors: ["RotationNotFound", "RotationAlreadyExists"],
});

export const putRotationMembers = operation({
  ...writtenRotation,
  id: "putRotationMembers",
  audit: "rotation.changed",
  method: "PUT",
  path: `${base}/rotations/{rotationId}/members`,
  summary: "Replace the members of a rotation",
  description:
    "From today on, unless the memberships have other dates. Earlier shifts stay: an agent who is left out leaves yesterday. An agent can be in one rotation at a time, else 409 `RotationOverlaps`.",
  params: rotationParams,
  reads: ["If-Match"],
  body: rotationMembersSchema,
  success: rotationAfter,
  errors: ["RotationNotFound", "RotationOverlaps"],
});

export const deleteRotation = operation({
  ...writtenRotation,
  id: "deleteRotation",
  audit: "rotation.deleted",
  method: "DELETE",
  path: `${base}/rotations/{rotationId}`,
  summary: "Delete a rotation",
  description: "Its members work by their weekly hours again.",
  params: rotationParams,
  reads: ["If-Match"],
  success: response.noContent("The rotation was deleted."),
  errors: ["RotationNotFound"],
});
