import { z } from "zod";
import { wallTimeSchema } from "@/lib/hours/schedule/contract";
import type { TimeOffTypeId } from "@/lib/hours/time-off/types-contract";
import {
  dateSchema,
  decisionShape,
  idSchema,
  instantSchema,
  oneOf,
  pageOf,
  pageQuerySchema,
  severalParameter,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { AgentId, Branded } from "@/lib/platform/ids";
import { earlyEnd } from "@/lib/platform/time/calendar";
import { timeOffSources, timeOffStates } from "./values";

export type TimeOffId = Branded<"TimeOffId">;

/** An absence of an agent. What the caller may not see is absent. */
export const timeOffSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    agentId: uuidSchema,
    typeId: uuidSchema.optional().meta({ description: "Absent for colleagues if the type is private." }),
    state: z.enum(timeOffStates),
    startDate: dateSchema,
    endDate: dateSchema.meta({ description: "The last date, included." }),
    startTime: wallTimeSchema.optional().meta({ description: "On the first date. Absent: the whole date." }),
    endTime: wallTimeSchema.optional().meta({ description: "On the last date. Absent: the whole date." }),
    note: z.string().optional().meta({ description: "For those who decide." }),
    publicNote: z.string().optional(),
    delegateAgentId: uuidSchema.optional(),
    ...decisionShape,
    source: z.enum(timeOffSources),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "TimeOff" });

const shape = {
  typeId: idSchema<TimeOffTypeId>("The type."),
  startDate: dateSchema.meta({ description: "The first date, local to the agent." }),
  endDate: dateSchema.meta({ description: "The last date, included." }),
  startTime: wallTimeSchema.meta({ description: "On the first date. Absent: the whole date." }),
  endTime: wallTimeSchema.meta({ description: "On the last date. Absent: the whole date." }),
  note: text({ max: 2000 }).meta({ description: "For those who decide." }),
  publicNote: text({ max: 140 }).meta({ description: "For everybody." }),
  delegateAgentId: idSchema<AgentId>("Gets conversations that would have gone to the agent."),
};

/** What a request says about the time itself; also part of previews. */
export const timeOffTimeShape = {
  startDate: shape.startDate,
  endDate: shape.endDate,
  startTime: shape.startTime.optional(),
  endTime: shape.endTime.optional(),
};

/** What is wrong with the property that `earlyEnd` names. */
export const endsTooEarly = "must be after the start.";

/** Adds an issue if the end is not after the start. */
export function requireEndLater(draft: Parameters<typeof earlyEnd>[0], context: z.RefinementCtx): void {
  const property = earlyEnd(draft);
  if (property) context.addIssue({ code: "custom", message: endsTooEarly, path: [property] });
}

export const timeOffDraftSchema = z
  .strictObject({
    typeId: shape.typeId,
    ...timeOffTimeShape,
    note: shape.note.optional(),
    publicNote: shape.publicNote.optional(),
    delegateAgentId: shape.delegateAgentId.optional(),
    state: z
      .enum(["requested", "approved"], oneOf(["requested", "approved"]))
      .optional()
      .meta({
        description:
          "`approved` needs `timeOff.write`, unless the type needs no approval. Default: by the type.",
      }),
  })
  .superRefine(requireEndLater)
  .meta({ id: "TimeOffDraft" });

/** A change of time off. Omitted properties stay as they are; `null` clears. */
export const timeOffChangeSchema = z
  .strictObject({
    typeId: shape.typeId.optional(),
    startDate: shape.startDate.optional(),
    endDate: shape.endDate.optional(),
    startTime: shape.startTime.nullable().optional(),
    endTime: shape.endTime.nullable().optional(),
    note: shape.note.nullable().optional(),
    publicNote: shape.publicNote.nullable().optional(),
    delegateAgentId: shape.delegateAgentId.nullable().optional(),
  })
  .meta({ id: "TimeOffChange" });

export const timeOffDecisionSchema = z
  .strictObject({ comment: text({ max: 500 }).optional() })
  .meta({ id: "TimeOffDecision" });

export type TimeOff = z.output<typeof timeOffSchema>;
export type TimeOffDraft = z.output<typeof timeOffDraftSchema>;
export type TimeOffChange = z.output<typeof timeOffChangeSchema>;
export type TimeOffDecision = z.output<typeof timeOffDecisionSchema>;

const agentReference = z.union([z.literal("me"), idSchema<AgentId>("An agent.")], {
  error: "must be the UUID of an agent, or me.",
});
const base = "/api/workspaces/{workspaceId}";
const tag = "Time off";
const read = { tag, access: members("agents.read") } as const;
const collection = `${base}/agents/{agentId}/time-off` as const;
/** Agents for themselves, supervisors for all. */
const written = { tag, access: members("own.write", "timeOff.write"), invalid: "InvalidTimeOff" } as const;

export const timeOffQuerySchema = z.strictObject({
  from: dateSchema.optional().meta({ description: "Ends on this date or later. Default: no limit." }),
  to: dateSchema.optional().meta({ description: "Starts on this date or earlier. Default: no limit." }),
  agentIds: severalParameter(agentReference, "Of one of these agents; `me` is the caller's own."),
  teamIds: severalParameter(idSchema<Branded<"TeamId">>("A team."), "Of agents in one of these teams."),
  states: severalParameter(z.enum(timeOffStates, oneOf(timeOffStates)), "In one of these states."),
  ...pageQuerySchema.shape,
});

export type TimeOffQuery = z.output<typeof timeOffQuerySchema>;

export const listTimeOff = operation({
  ...read,
  id: "listTimeOff",
  method: "GET",
  path: `${base}/time-off`,
  summary: "List time off",
  description: "Colleagues see approved time off only, without the type and the note of a private type.",
  params: workspaceParams,
  query: timeOffQuerySchema,
  success: response.ok("A page of time off, by start date.", pageOf(timeOffSchema)),
});

const one = `${collection}/{timeOffId}` as const;

const timeOffParams = agentParams.extend({ timeOffId: idSchema<TimeOffId>("The time off.") });

const after = {
  status: 200,
  description: "The time off after the change.",
  body: timeOffSchema,
  headers: ["ETag"],
} as const;

export const createTimeOff = operation({
  ...written,
  id: "createTimeOff",
  method: "POST",
  path: collection,
  summary: "Request or enter time off",
  description:
    "Whole days cancel the shifts that start on them. Parts of days are by the clock of that date.",
  params: agentParams,
  reads: ["Idempotency-Key"],
  body: timeOffDraftSchema,
  success: response.created("The time off.", timeOffSchema),
  errors: ["AgentNotFound", "TimeOffOverlaps", "DelegateLoop", "TooManyTimeOff"],
});

export const getTimeOff = operation({
  ...read,
  id: "getTimeOff",
  method: "GET",
  path: one,
  summary: "Get time off",
  params: timeOffParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The time off.", timeOffSchema),
  errors: ["AgentNotFound", "TimeOffNotFound"],
});

export const patchTimeOff = operation({
  ...written,
  id: "patchTimeOff",
  method: "PATCH",
  path: one,
  summary: "Change time off",
  description:
    "If the agent changes the time or type of approved time off, it is requested again if the type needs approval.",
  params: timeOffParams,
  reads: ["If-Match"],
  body: timeOffChangeSchema,
  success: after,
  errors: ["AgentNotFound", "TimeOffNotFound", "TimeOffOverlaps", "TimeOffDecided", "DelegateLoop"],
});

export const deleteTimeOff = operation({
  ...written,
  id: "deleteTimeOff",
  method: "DELETE",
  path: one,
  summary: "Delete time off",
  description: "Agents can delete their own requests that nobody has decided. Others need `timeOff.write`.",
  params: timeOffParams,
  reads: ["If-Match"],
  success: response.noContent("The time off was deleted."),
  errors: ["AgentNotFound", "TimeOffNotFound"],
});

const decided = {
  tag,
  invalid: "InvalidTimeOff",
  method: "POST",
  params: timeOffParams,
  reads: ["Idempotency-Key"],
  body: timeOffDecisionSchema,
  allowsEmptyBody: true,
  success: after,
} as const;

export const approveTimeOff = operation({
  ...decided,
  access: members("timeOff.write"),
  id: "approveTimeOff",
  path: `${one}/approve`,
  summary: "Approve time off",
  description: "Succeeds if it is approved already.",
  errors: ["AgentNotFound", "TimeOffNotFound", "TimeOffOverlaps", "TimeOffDecided", "DelegateLoop"],
});

export const declineTimeOff = operation({
  ...decided,
  access: members("timeOff.write"),
  id: "declineTimeOff",
  path: `${one}/decline`,
  summary: "Decline time off",
  description: "Approved time off is cancelled instead. Succeeds if it is declined already.",
  errors: ["AgentNotFound", "TimeOffNotFound", "TimeOffDecided"],
});

export const cancelTimeOff = operation({
  ...decided,
  access: members("own.write", "timeOff.write"),
  id: "cancelTimeOff",
  path: `${one}/cancel`,
  summary: "Cancel time off",
  description: "By the agent, or with `timeOff.write`. The agent works again as planned.",
  errors: ["AgentNotFound", "TimeOffNotFound", "TimeOffDecided"],
});
