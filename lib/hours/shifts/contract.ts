import { z } from "zod";
import { intervalSchema, intervalsSchema } from "@/lib/hours/schedule/contract";
import {
  booleanSchema,
  countSchema,
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
import { shiftColours } from "./values";

export type ShiftId = Branded<"ShiftId">;

/** A shift that rotations share. */
export const shiftSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    name: z.string(),
    colour: z.enum(shiftColours),
    intervals: z.array(intervalSchema),
    worksOnHolidays: z.boolean().meta({ description: "Whether it takes place on holidays, too." }),
    agentCount: countSchema.meta({ description: "Members of rotations that use it." }),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "Shift" });

const shiftShape = {
  name: nameSchema,
  colour: z.enum(shiftColours, oneOf(shiftColours)),
  intervals: intervalsSchema({ min: 1 }),
  worksOnHolidays: booleanSchema,
};

export const shiftDraftSchema = z
  .strictObject({
    ...shiftShape,
    colour: shiftShape.colour.default("blue"),
    worksOnHolidays: shiftShape.worksOnHolidays.default(false),
  })
  .meta({ id: "ShiftDraft" });

export const shiftChangeSchema = z.strictObject(shiftShape).partial().meta({ id: "ShiftChange" });

export type Shift = z.output<typeof shiftSchema>;
export type ShiftDraft = z.output<typeof shiftDraftSchema>;
export type ShiftChange = z.output<typeof shiftChangeSchema>;

const shiftParams = workspaceParams.extend({ shiftId: idSchema<ShiftId>("The shift.") });

const base = "/api/workspaces/{workspaceId}";
const readAccess = members("agents.read");
const writeAccess = members("calendar.write");

const ofShifts = { tag: "Shifts", access: readAccess } as const;

const writtenShift = { tag: "Shifts", access: writeAccess, invalid: "InvalidShift" } as const;

export const listShifts = operation({
  ...ofShifts,
  id: "listShifts",
  method: "GET",
  path: `${base}/shifts`,
  summary: "List shared shifts",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of shifts, oldest first.", pageOf(shiftSchema)),
});

export const createShift = operation({
  ...writtenShift,
  id: "createShift",
  audit: "shift.created",
  method: "POST",
  path: `${base}/shifts`,
  summary: "Create a shared shift",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: shiftDraftSchema,
  success: response.created("The new shift.", shiftSchema),
  errors: ["ShiftAlreadyExists"],
});

export const getShift = operation({
  ...ofShifts,
  id: "getShift",
  method: "GET",
  path: `${base}/shifts/{shiftId}`,
  summary: "Get a shared shift",
  params: shiftParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The shift.", shiftSchema),
  errors: ["ShiftNotFound"],
});

export const patchShift = operation({
  ...writtenShift,
  id: "patchShift",
  audit: "shift.changed",
  method: "PATCH",
  path: `${base}/shifts/{shiftId}`,
  summary: "Change a shared shift",
  description:
    "Applies to all dates, also past ones. To keep the past, create another shift and change the rotation.",
  params: shiftParams,
  reads: ["If-Match"],
  body: shiftChangeSchema,
  success: response.okWithTag("The shift after the change.", shiftSchema),
  errors: ["ShiftNotFound", "ShiftAlreadyExists"],
});

export const deleteShift = operation({
  ...writtenShift,
  id: "deleteShift",
  audit: "shift.deleted",
  method: "DELETE",
  path: `${base}/shifts/{shiftId}`,
  summary: "Delete a shared shift",
  description: "Only if no version of a rotation uses it.",
  params: shiftParams,
  reads: ["If-Match"],
  success: response.noContent("The shift was deleted."),
  errors: ["ShiftNotFound", "ShiftInUse"],
});
