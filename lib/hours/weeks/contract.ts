import { z } from "zod";
import {
  intervalSchema,
  intervalsSchema,
  intervalWeekSchema,
  timezoneSchema,
} from "@/lib/hours/schedule/contract";
import {
  agentListSchema,
  booleanSchema,
  dateSchema,
  instantSchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import { overrideSources, travelLimit, versionLimit } from "./values";

const versionSchema = z.strictObject({
  effectiveFrom: dateSchema.optional().meta({
    description:
      "The first date of this version. Absent in the first version, which applies to all dates before.",
  }),
  week: intervalWeekSchema,
});

const versionsSchema = z
  .array(versionSchema)
  .max(versionLimit, { error: `must have at most ${versionLimit} versions.` })
  .superRefine((versions, context) => {
    for (const [index, { effectiveFrom }] of versions.entries()) {
      const before = versions[index - 1];
      const path = [index, "effectiveFrom"];
      if (index === 0) {
        if (effectiveFrom !== undefined)
          context.addIssue({ code: "custom", path, message: "must be absent in the first version." });
      } else if (effectiveFrom === undefined)
        context.addIssue({ code: "custom", path, message: "is required after the first version." });
      else if (before?.effectiveFrom !== undefined && effectiveFrom <= before.effectiveFrom)
        context.addIssue({
          code: "custom",
          path,
          message: "must be later than that of the version before it.",
        });
    }
  });

/** An agent's weekly hours in all versions. */
export const scheduleSchema = z
  .strictObject({
    timezone: timezoneSchema,
    always: z
      .boolean()
      .meta({ description: "Whether the agent has no schedule and always works. Then `versions` is empty." }),
    versions: z.array(versionSchema),
  })
  .meta({ id: "Schedule" });

export const scheduleDraftSchema = z
  .strictObject({
    timezone: timezoneSchema.optional().meta({ description: "Default: unchanged." }),
    always: booleanSchema.default(false).meta({ description: "`true`: no schedule, always working." }),
    versions: versionsSchema.default([]),
  })
  .superRefine(({ always, versions }, context) => {
    if (always !== (versions.length === 0))
      context.addIssue({
        code: "custom",
        path: ["versions"],
        message: always ? "must be empty if `always` is true." : "must have at least one version.",
      });
  })
  .meta({ id: "ScheduleDraft" });

export type Schedule = z.output<typeof scheduleSchema>;
export type ScheduleDraft = z.output<typeof scheduleDraftSchema>;

const stageSchema = z.strictObject({ timezone: timezoneSchema, from: dateSchema, to: dateSchema });

export const travelSchema = z.strictObject({ travel: z.array(stageSchema) }).meta({
  id: "Travel",
  description: "In which time zones the dates of these periods are read, in their order.",
});

export const travelDraftSchema = z
  .strictObject({
    travel: z
      .array(stageSchema)
      .max(travelLimit, { error: `must have at most ${travelLimit} periods.` })
      .overwrite((stages) => stages.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from))))
      .superRefine((stages, context) => {
        for (const [index, { from, to }] of stages.entries()) {
          const before = stages[index - 1];
          if (to < from)
            context.addIssue({ code: "custom", path: [index, "to"], message: "must not be before `from`." });
          if (before && from <= before.to)
            context.addIssue({
              code: "custom",
              path: [index, "from"],
              message: "must be after the period before it.",
            });
        }
      }),
  })
  .meta({ id: "TravelDraft" });

export type Travel = z.output<typeof travelSchema>;
export type TravelDraft = z.output<typeof travelDraftSchema>;

/** The hours of one date that replace all recurring ones. */
export const overrideSchema = z
  .strictObject({
    agentId: uuidSchema,
    date: dateSchema,
    intervals: z.array(intervalSchema).meta({ description: "Empty: a day off." }),
    note: z.string().optional(),
    source: z
      .enum(overrideSources)
      .meta({ description: "Who made it: a person, a shift swap or a change set." }),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "Override" });

const overrideShape = {
  intervals: intervalsSchema().meta({ description: "Up to 8 intervals. Empty: a day off." }),
  note: text({ max: 140, trim: true }).optional(),
};

export const overrideDraftSchema = z.strictObject(overrideShape).meta({ id: "OverrideDraft" });

export const overridesDraftSchema = z
  .strictObject({
    agentIds: agentListSchema.min(1, { error: "must have at least one agent." }),
    date: dateSchema,
    ...overrideShape,
  })
  .meta({ id: "OverridesDraft" });

export type Override = z.output<typeof overrideSchema>;
export type OverrideDraft = z.output<typeof overrideDraftSchema>;
export type OverridesDraft = z.output<typeof overridesDraftSchema>;

const tag = "Schedules";
const agent = "/api/workspaces/{workspaceId}/agents/{agentId}";
const read = { tag, access: members("agents.read"), params: agentParams } as const;
/** Agents change their own hours; callers with `calendar.write` change all. */
const written = { tag, access: members("own.write", "calendar.write"), params: agentParams } as const;

export const getSchedule = operation({
  ...read,
  id: "getSchedule",
  method: "GET",
  path: `${agent}/schedule`,
  summary: "Get an agent's weekly hours in all versions",
  reads: ["If-None-Match"],
  success: response.okWithTag("The schedule.", scheduleSchema),
  errors: ["AgentNotFound"],
});

export const putSchedule = operation({
  ...written,
  id: "putSchedule",
  method: "PUT",
  path: `${agent}/schedule`,
  summary: "Replace an agent's weekly hours",
  description:
    "Up to 20 versions, each from a date on. The agent's `weeklySchedule` then shows the version in force.",
  reads: ["If-Match"],
  body: scheduleDraftSchema,
  invalid: "InvalidSchedule",
  success: response.okWithTag("The schedule after the change.", scheduleSchema),
  errors: ["AgentNotFound"],
});

export const getTravel = operation({
  ...read,
  id: "getTravel",
  method: "GET",
  path: `${agent}/travel`,
  summary: "Get an agent's travel",
  reads: ["If-None-Match"],
  success: response.okWithTag("The periods.", travelSchema),
  errors: ["AgentNotFound"],
});

export const putTravel = operation({
  ...written,
  id: "putTravel",
  method: "PUT",
  path: `${agent}/travel`,
  summary: "Replace an agent's travel",
  description: "Up to 20 periods that don't overlap. `from` and `to` are both included.",
  reads: ["If-Match"],
  body: travelDraftSchema,
  invalid: "InvalidTravel",
  success: response.okWithTag("The periods after the change.", travelSchema),
  errors: ["AgentNotFound"],
});

export const overridesQuerySchema = z
  .strictObject({
    from: dateSchema.optional().meta({ description: "Not before this date. Default: no limit." }),
    to: dateSchema.optional().meta({ description: "Not after this date. Default: no limit." }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    error: "must not be before `from`.",
    path: ["to"],
  });

export type OverridesQuery = z.output<typeof overridesQuerySchema>;

export const listOverrides = operation({
  ...read,
  id: "listOverrides",
  method: "GET",
  path: `${agent}/overrides`,
  summary: "List an agent's overrides",
  query: overridesQuerySchema,
  success: response.ok("By date, at most 1,000.", z.strictObject({ results: z.array(overrideSchema) })),
  errors: ["AgentNotFound"],
});

const overrideParams = agentParams.extend({ date: dateSchema });

export const putOverride = operation({
  ...written,
  id: "putOverride",
  method: "PUT",
  path: `${agent}/overrides/{date}`,
  summary: "Set an agent's hours of a date",
  description: "They replace the weekly hours, rotations and holidays of that date. Time off still applies.",
  params: overrideParams,
  body: overrideDraftSchema,
  invalid: "InvalidOverride",
  success: response.ok("The override.", overrideSchema),
  errors: ["AgentNotFound"],
});

export const deleteOverride = operation({
  ...written,
  id: "deleteOverride",
  method: "DELETE",
  path: `${agent}/overrides/{date}`,
  summary: "Delete an agent's override",
  params: overrideParams,
  success: response.noContent("The recurring hours apply again."),
  errors: ["AgentNotFound", "OverrideNotFound"],
});

export const createOverrides = operation({
  id: "createOverrides",
  method: "POST",
  path: "/api/workspaces/{workspaceId}/overrides",
  tag,
  summary: "Set the hours of a date for many agents",
  description: "All or nothing. Replaces overrides that the agents already have on that date.",
  access: members("calendar.write"),
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: overridesDraftSchema,
  invalid: "InvalidOverride",
  success: response.ok("The overrides.", z.strictObject({ results: z.array(overrideSchema) })),
});
