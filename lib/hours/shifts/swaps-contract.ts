import { z } from "zod";
import { intervalSchema } from "@/lib/hours/schedule/contract";
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
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { AgentId, Branded } from "@/lib/platform/ids";
import { shiftSwapStates, swapApprovals } from "./values";

export type ShiftSwapId = Branded<"ShiftSwapId">;

/** An offer of an agent's shift to colleagues. */
export const shiftSwapSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    agentId: uuidSchema.meta({ description: "Who offers the shift." }),
    date: dateSchema,
    withAgentId: uuidSchema.optional().meta({
      description:
        "The colleague whom it is offered to, or who accepted it. Absent: offered to the agent's teams.",
    }),
    withDate: dateSchema
      .optional()
      .meta({ description: "The colleague's date that the agent takes over in return." }),
    intervals: z
      .array(intervalSchema)
      .optional()
      .meta({ description: "The shifts of `date` when they were offered. Only these can move." }),
    withIntervals: z.array(intervalSchema).optional().meta({
      description: "The shifts of `withDate` when they were offered, or accepted by one of the team.",
    }),
    state: z.enum(shiftSwapStates).meta({
      description: "`accepted` waits for approval. `approved`: the hours of both agents have changed.",
    }),
    note: z.string().optional(),
    ...decisionShape,
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "ShiftSwap" });

export const shiftSwapDraftSchema = z
  .strictObject({
    agentId: idSchema<AgentId>("Whose shift it is."),
    date: dateSchema,
    withAgentId: idSchema<AgentId>("The colleague.")
      .optional()
      .meta({ description: "Default: all who share a team." }),
    withDate: dateSchema
      .optional()
      .meta({ description: "The colleague's date that the agent takes over in return." }),
    note: text({ max: 140 }).optional(),
  })
  .meta({ id: "ShiftSwapDraft" });

export const swapAnswerSchema = z
  .strictObject({ comment: text({ max: 500 }).optional() })
  .meta({ id: "ShiftSwapAnswer" });

export type ShiftSwap = z.output<typeof shiftSwapSchema>;
export type ShiftSwapDraft = z.output<typeof shiftSwapDraftSchema>;
export type ShiftSwapAnswer = z.output<typeof swapAnswerSchema>;

export const calendarPolicySchema = z
  .strictObject({
    swapApproval: z.enum(swapApprovals, oneOf(swapApprovals)).meta({
      description:
        "`required`: somebody with `calendar.write` approves accepted swaps. `automatic`: nobody needs to.",
    }),
  })
  .meta({ id: "CalendarPolicy" });

export const calendarPolicyAnswerSchema = calendarPolicySchema
  .extend({ updatedAt: instantSchema.optional() })
  .meta({ id: "CalendarPolicyAnswer" });

export type CalendarPolicy = z.output<typeof calendarPolicySchema>;
export type CalendarPolicyAnswer = z.output<typeof calendarPolicyAnswerSchema>;

export const shiftSwapsQuerySchema = z.strictObject({
  states: severalParameter(z.enum(shiftSwapStates, oneOf(shiftSwapStates)), "In one of these states."),
  agentIds: severalParameter(
    z.union([z.literal("me"), idSchema<AgentId>("An agent.")], {
      error: "must be the UUID of an agent, or me.",
    }),
    "Offered by, to or accepted by one of these agents, or open to their teams; `me` is the caller's own.",
  ),
  ...pageQuerySchema.shape,
});

export type ShiftSwapsQuery = z.output<typeof shiftSwapsQuerySchema>;

const swapParams = workspaceParams.extend({ shiftSwapId: idSchema<ShiftSwapId>("The swap.") });

const base = "/api/workspaces/{workspaceId}";
const readAccess = members("agents.read");
const writeAccess = members("calendar.write");

const ofSwaps = { tag: "Shift swaps", access: readAccess } as const;

/** Agents swap their own shifts; planners decide and act for all. */
const writtenSwap = {
  tag: "Shift swaps",
  access: members("own.write", "calendar.write"),
  invalid: "InvalidShiftSwap",
} as const;

export const listShiftSwaps = operation({
  ...ofSwaps,
  id: "listShiftSwaps",
  method: "GET",
  path: `${base}/shift-swaps`,
  summary: "List shift swaps",
  params: workspaceParams,
  query: shiftSwapsQuerySchema,
  success: response.ok("A page of swaps, newest first.", pageOf(shiftSwapSchema)),
});

export const createShiftSwap = operation({
  ...writtenSwap,
  id: "createShiftSwap",
  method: "POST",
  path: `${base}/shift-swaps`,
  summary: "Offer a shift",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: shiftSwapDraftSchema,
  success: { status: 201, description: "The offer.", body: shiftSwapSchema, headers: ["Location"] },
  errors: ["AgentNotFound", "ShiftSwapAlreadyExists"],
});

export const getShiftSwap = operation({
  ...ofSwaps,
  id: "getShiftSwap",
  method: "GET",
  path: `${base}/shift-swaps/{shiftSwapId}`,
  summary: "Get a shift swap",
  params: swapParams,
  success: response.ok("The swap.", shiftSwapSchema),
  errors: ["ShiftSwapNotFound"],
});

const answered = {
  ...writtenSwap,
  method: "POST",
  params: swapParams,
  reads: ["Idempotency-Key"],
  body: swapAnswerSchema,
  allowsEmptyBody: true,
  success: response.ok("The swap after the answer.", shiftSwapSchema),
  errors: ["ShiftSwapNotFound", "ShiftSwapGone"],
} as const;

export const acceptShiftSwap = operation({
  ...answered,
  id: "acceptShiftSwap",
  path: `${base}/shift-swaps/{shiftSwapId}/accept`,
  summary: "Accept an offered shift",
  description:
    "By the colleague, or by anybody in the agent's teams. Without required approval, both hours change.",
});

export const approveShiftSwap = operation({
  ...answered,
  access: writeAccess,
  id: "approveShiftSwap",
  path: `${base}/shift-swaps/{shiftSwapId}/approve`,
  summary: "Approve an accepted swap",
  description: "The hours of both agents change together, as overrides.",
});

export const declineShiftSwap = operation({
  ...answered,
  id: "declineShiftSwap",
  path: `${base}/shift-swaps/{shiftSwapId}/decline`,
  summary: "Decline a swap",
  description: "By the colleague whom it is offered to, or by somebody with `calendar.write`.",
});

export const cancelShiftSwap = operation({
  ...answered,
  id: "cancelShiftSwap",
  path: `${base}/shift-swaps/{shiftSwapId}/cancel`,
  summary: "Cancel a swap",
  description: "By the agent who offered it, or by the colleague who accepted it. Not once approved.",
});

export const getCalendarPolicy = operation({
  id: "getCalendarPolicy",
  method: "GET",
  path: `${base}/calendar-policy`,
  tag: "Shift swaps",
  summary: "Get the calendar policy",
  access: readAccess,
  params: workspaceParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The policy.", calendarPolicyAnswerSchema),
});

export const patchCalendarPolicy = operation({
  id: "patchCalendarPolicy",
  audit: "calendarPolicy.changed",
  method: "PATCH",
  path: `${base}/calendar-policy`,
  tag: "Shift swaps",
  summary: "Change the calendar policy",
  access: writeAccess,
  params: workspaceParams,
  reads: ["If-Match"],
  body: calendarPolicySchema.partial().meta({ id: "CalendarPolicyChange" }),
  invalid: "InvalidCalendarPolicy",
  success: response.okWithTag("The policy.", calendarPolicyAnswerSchema),
});
