import { z } from "zod";
import {
  activitySchema,
  agentStatusSchema,
  availabilityChangeSchema,
  availabilitySchema,
} from "@/lib/availability/declared/contract";
import { isEmoji } from "@/lib/platform/http/emoji";
import {
  countSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { Branded } from "@/lib/platform/ids";
import { presetLimit, presetTimes } from "./values";

export type PresetId = Branded<"PresetId">;

/** A preset: a name for a status and an activity that are set together. */
export const statusPresetSchema = z
  .strictObject({
    id: uuidSchema,
    name: z.string(),
    icon: z.string().optional().meta({ description: "One emoji." }),
    status: agentStatusSchema,
    activity: activitySchema,
    activityTtl: z.int().min(1).max(86_400).optional().meta({
      description: "Seconds after which the activity becomes `available` again. Absent without a limit.",
    }),
    activityText: z.string().optional(),
    position: countSchema.meta({ description: "Place in the list, from 0." }),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "Status" });

export type Preset = z.output<typeof statusPresetSchema>;

const oneEmoji = { error: "must be one emoji." };
const lastPlace = `must be a whole number from 0 to ${presetLimit - 1}.`;

const shape = {
  name: text({ min: 1, max: 40, trim: true }),
  icon: z
    .string(oneEmoji)
    .refine(isEmoji, oneEmoji)
    .meta({ description: "One emoji.", override: { type: "string" } }),
  status: agentStatusSchema,
  activity: activitySchema,
  activityTtl: z
    .int({ error: "must be a whole number of seconds from 1 to 86400." })
    .min(1, { error: "must be at least 1 second." })
    .max(86_400, { error: "must be at most 86400 seconds (a day)." })
    .meta({ description: "Seconds. Not with the activity `available`." }),
  activityText: text({ max: 140 }),
  position: z
    .int({ error: lastPlace })
    .min(0, { error: lastPlace })
    .max(presetLimit - 1, { error: lastPlace })
    .meta({ description: "Place in the list, from 0. A number above the last position means last." }),
};

export const presetDraftSchema = z
  .strictObject({
    name: shape.name,
    icon: shape.icon.optional(),
    status: shape.status,
    activity: shape.activity,
    activityTtl: shape.activityTtl.optional(),
    activityText: shape.activityText.optional(),
    position: shape.position.optional().meta({ description: "Place in the list, from 0. Defaults to last." }),
  })
  .meta({ id: "StatusDraft" });

/** A change of a preset. Omitted properties stay as they are; `null` clears. */
export const presetChangeSchema = z
  .strictObject({
    name: shape.name.optional(),
    icon: shape.icon.nullable().optional(),
    status: shape.status.optional(),
    activity: shape.activity.optional(),
    activityTtl: shape.activityTtl.nullable().optional(),
    activityText: shape.activityText.nullable().optional(),
    position: shape.position.optional(),
  })
  .meta({ id: "StatusChange" });

/** Agents that a preset is pending for. */
export const presetUsageSchema = z
  .strictObject({
    waiting: countSchema.meta({ description: "Agents who will switch to it after their conversations." }),
  })
  .meta({ id: "StatusUsage" });

const presetTimeError = `must be one of ${presetTimes.join(", ")}.`;

export const presetChoiceSchema = z
  .strictObject({
    presetId: idSchema<PresetId>("The preset."),
    when: z.enum(presetTimes, { error: presetTimeError }).meta({
      description:
        "`afterConversations`: when the last messaging or voice conversation is closed; immediately if none is open.",
    }),
    activityTtl: availabilityChangeSchema.shape.activityTtl.meta({
      description: "Seconds. Overrides the preset. `null` for no time limit.",
    }),
    activityText: availabilityChangeSchema.shape.activityText.meta({
      description: "Text. Overrides the preset. `null` for none.",
    }),
  })
  .meta({ id: "PresetChoice" });

export type PresetDraft = z.output<typeof presetDraftSchema>;
export type PresetChange = z.output<typeof presetChangeSchema>;
export type PresetUsage = z.output<typeof presetUsageSchema>;
export type PresetChoice = z.output<typeof presetChoiceSchema>;

const collection = "/api/workspaces/{workspaceId}/inbox/statuses";
const one = `${collection}/{statusId}` as const;
const statusParams = workspaceParams.extend({ statusId: idSchema<PresetId>("The preset.") });
const shared = { tag: "Presets", access: members("settings.read") } as const;
const written = { tag: "Presets", access: members("settings.write") } as const;

export const listStatuses = operation({
  ...shared,
  id: "listStatuses",
  method: "GET",
  path: collection,
  summary: "List presets",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of presets, by position.", pageOf(statusPresetSchema)),
});

export const getStatus = operation({
  ...shared,
  id: "getStatus",
  method: "GET",
  path: one,
  summary: "Get a preset",
  params: statusParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The preset.", statusPresetSchema),
  errors: ["StatusNotFound"],
});

export const createStatus = operation({
  ...written,
  id: "createStatus",
  audit: "preset.created",
  method: "POST",
  path: collection,
  summary: "Create a preset",
  description: `A workspace has at most ${presetLimit} presets.`,
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: presetDraftSchema,
  invalid: "InvalidStatus",
  success: response.created("The new preset.", statusPresetSchema),
  errors: ["StatusAlreadyExists", "TooManyStatuses"],
});

export const patchStatus = operation({
  ...written,
  id: "patchStatus",
  audit: "preset.changed",
  method: "PATCH",
  path: one,
  summary: "Change a preset",
  description:
    "Agents who already chose the preset keep their availability. Changing `position` moves other presets.",
  params: statusParams,
  reads: ["If-Match"],
  body: presetChangeSchema,
  invalid: "InvalidStatus",
  success: response.okWithTag("The preset after the change.", statusPresetSchema),
  errors: ["StatusNotFound", "StatusAlreadyExists"],
});

export const deleteStatus = operation({
  ...written,
  id: "deleteStatus",
  audit: "preset.deleted",
  method: "DELETE",
  path: one,
  summary: "Delete a preset",
  description: "Agents keep their availability. Where the preset is pending, it is canceled.",
  params: statusParams,
  reads: ["If-Match"],
  success: response.noContent("The preset was deleted."),
  errors: ["StatusNotFound"],
});

export const getStatusUsage = operation({
  ...written,
  id: "getStatusUsage",
  method: "GET",
  path: `${one}/usage`,
  summary: "Count the uses of a preset",
  description: "The number of agents who will switch to it after their conversations.",
  params: statusParams,
  success: response.ok("What deleting the preset would affect.", presetUsageSchema),
  errors: ["StatusNotFound"],
});

const chosen = {
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/availability/preset",
  tag: "Availability",
  params: agentParams,
  access: members("availability.write", "own.write"),
} as const;

export const putPreset = operation({
  ...chosen,
  id: "putPreset",
  method: "PUT",
  summary: "Set an agent's availability from a preset",
  description:
    "With `afterConversations`, the availability stays the same while a messaging or voice conversation is " +
    "open. The explanation shows the preset as `next` until then. Any change of the availability cancels it.",
  reads: ["If-Match"],
  body: presetChoiceSchema,
  invalid: "InvalidAvailability",
  success: response.okWithTag("The current availability.", availabilitySchema),
  errors: ["AgentNotFound", "PersonSuspended"],
});

export const deletePreset = operation({
  ...chosen,
  id: "deletePreset",
  method: "DELETE",
  summary: "Withdraw an agent's pending preset",
  description: "Also succeeds if no preset is pending.",
  success: response.noContent("No preset is pending."),
  errors: ["AgentNotFound"],
});
