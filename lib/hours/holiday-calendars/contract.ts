import { z } from "zod";
import {
  agentListSchema,
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
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { Branded } from "@/lib/platform/ids";
import { assignedLimit } from "./values";

export type HolidayCalendarId = Branded<"HolidayCalendarId">;

const dayLimit = 1000;

const sourceSchema = z
  .strictObject({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, { error: "must be an ISO 3166-1 alpha-2 country code, such as DE." })
      .meta({ description: "ISO 3166-1 alpha-2." }),
    region: text({ min: 1, max: 20 })
      .optional()
      .meta({ description: "As in `GET /api/holidays/countries`." }),
  })
  .meta({
    description:
      "The days are the public holidays of this country or region, for this year and the next two, with English names. They are extended every year.",
  });

const daysSchema = z
  .array(z.strictObject({ date: dateSchema, name: text({ min: 1, max: 255, trim: true }) }))
  .max(dayLimit, { error: `must have at most ${dayLimit.toLocaleString("en")} days.` })
  .overwrite((days) => days.toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date))))
  .superRefine((days, context) => {
    for (const [index, { date }] of days.entries())
      if (date === days[index - 1]?.date)
        context.addIssue({
          code: "custom",
          path: [index, "date"],
          message: "is in the list twice. Remove one.",
        });
  });

/** Days off that agents share. */
export const holidayCalendarSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    name: z.string(),
    source: sourceSchema.optional(),
    days: z.array(z.strictObject({ date: dateSchema, name: z.string() })).meta({ description: "By date." }),
    agentCount: countSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "HolidayCalendar" });

const either = ({ source, days }: { source?: unknown; days?: unknown }) =>
  source == null || days === undefined;
const eitherError = { error: "must be absent with a `source`.", path: ["days"] };

export const holidayCalendarDraftSchema = z
  .strictObject({ name: nameSchema, source: sourceSchema.optional(), days: daysSchema.optional() })
  .refine(either, eitherError)
  .meta({ id: "HolidayCalendarDraft", description: "With a `source`, or with `days` of its own." });

/** A change of a holiday calendar. `source: null` keeps the days as its own. */
export const holidayCalendarChangeSchema = z
  .strictObject({
    name: nameSchema.optional(),
    source: sourceSchema.nullable().optional(),
    days: daysSchema.optional().meta({ description: "All days of a calendar without a source." }),
  })
  .refine(either, eitherError)
  .meta({ id: "HolidayCalendarChange" });

export const assignedCalendarsSchema = z
  .strictObject({
    calendarIds: z
      .array(idSchema<HolidayCalendarId>("A holiday calendar."))
      .overwrite((ids) => [...new Set(ids)])
      .max(assignedLimit, { error: `must have at most ${assignedLimit} calendars.` }),
  })
  .meta({ id: "AssignedHolidayCalendars" });

export type HolidayCalendar = z.output<typeof holidayCalendarSchema>;
export type HolidayCalendarDraft = z.output<typeof holidayCalendarDraftSchema>;
export type HolidayCalendarChange = z.output<typeof holidayCalendarChangeSchema>;
export type AssignedCalendars = z.output<typeof assignedCalendarsSchema>;

const collection = "/api/workspaces/{workspaceId}/holiday-calendars";
const one = `${collection}/{holidayCalendarId}` as const;
const calendarParams = workspaceParams.extend({
  holidayCalendarId: idSchema<HolidayCalendarId>("The holiday calendar."),
});
const tag = "Holiday calendars";
const read = { tag, access: members("agents.read") } as const;
const written = { tag, access: members("calendar.write"), invalid: "InvalidHolidayCalendar" } as const;

export const listHolidayCalendars = operation({
  ...read,
  id: "listHolidayCalendars",
  method: "GET",
  path: collection,
  summary: "List holiday calendars",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of calendars, oldest first.", pageOf(holidayCalendarSchema)),
});

export const createHolidayCalendar = operation({
  ...written,
  id: "createHolidayCalendar",
  audit: "holidayCalendar.created",
  method: "POST",
  path: collection,
  summary: "Create a holiday calendar",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: holidayCalendarDraftSchema,
  success: response.created("The new calendar.", holidayCalendarSchema),
  errors: ["HolidayCalendarAlreadyExists"],
});

export const getHolidayCalendar = operation({
  ...read,
  id: "getHolidayCalendar",
  method: "GET",
  path: one,
  summary: "Get a holiday calendar",
  params: calendarParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The calendar.", holidayCalendarSchema),
  errors: ["HolidayCalendarNotFound"],
});

export const patchHolidayCalendar = operation({
  ...written,
  id: "patchHolidayCalendar",
  audit: "holidayCalendar.changed",
  method: "PATCH",
  path: one,
  summary: "Change a holiday calendar",
  params: calendarParams,
  reads: ["If-Match"],
  body: holidayCalendarChangeSchema,
  success: response.okWithTag("The calendar after the change.", holidayCalendarSchema),
  errors: ["HolidayCalendarNotFound", "HolidayCalendarAlreadyExists"],
});

export const deleteHolidayCalendar = operation({
  ...written,
  id: "deleteHolidayCalendar",
  audit: "holidayCalendar.deleted",
  method: "DELETE",
  path: one,
  summary: "Delete a holiday calendar",
  description: "Its agents lose these days off.",
  params: calendarParams,
  reads: ["If-Match"],
  success: response.noContent("The calendar was deleted."),
  errors: ["HolidayCalendarNotFound"],
});

export const assignHolidayCalendar = operation({
  ...written,
  id: "assignHolidayCalendar",
  audit: "holidayCalendar.changed",
  method: "POST",
  path: `${one}/agents`,
  summary: "Assign a holiday calendar to many agents",
  description: "All or nothing. Agents keep their other calendars.",
  params: calendarParams,
  reads: ["Idempotency-Key"],
  body: z.strictObject({ agentIds: agentListSchema.min(1, { error: "must have at least one agent." }) }),
  success: response.ok("The calendar with its new `agentCount`.", holidayCalendarSchema),
  errors: ["HolidayCalendarNotFound"],
});

const ofAgent = "/api/workspaces/{workspaceId}/agents/{agentId}/holiday-calendars";

export const getAgentHolidayCalendars = operation({
  ...read,
  id: "getAgentHolidayCalendars",
  method: "GET",
  path: ofAgent,
  summary: "Get an agent's holiday calendars",
  params: agentParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The assigned calendars.", assignedCalendarsSchema),
  errors: ["AgentNotFound"],
});

export const putAgentHolidayCalendars = operation({
  ...written,
  access: members("own.write", "calendar.write"),
  id: "putAgentHolidayCalendars",
  method: "PUT",
  path: ofAgent,
  summary: "Replace an agent's holiday calendars",
  params: agentParams,
  reads: ["If-Match"],
  body: assignedCalendarsSchema,
  success: response.okWithTag("The assigned calendars.", assignedCalendarsSchema),
  errors: ["AgentNotFound"],
});
