import { z } from "zod";
import {
  idSchema,
  instantParameter,
  instantSchema,
  limitParameter,
  oneOf,
  pageTokenParameter,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { AccessKeyId, UserId } from "@/lib/platform/ids";

const changeActions = ["created", "updated", "deleted"] as const;
const changeCauses = ["user", "supervisor", "api", "schedule", "timeout", "presence"] as const;

export const changeCauseSchema = z.enum(changeCauses).meta({
  description:
    "`user`: the person, in the product. `supervisor`: someone else, in the product. `api`: a program. `schedule`, `timeout` and `presence`: automatic.",
});

export const changeSchema = z
  .strictObject({
    id: uuidSchema,
    agentId: uuidSchema,
    agentName: z.string().meta({ description: "The agent's name at that time." }),
    action: z.enum(changeActions),
    actor: z
      .strictObject({
        kind: z.enum(["user", "accessKey", "system"]),
        id: uuidSchema.optional().meta({ description: "Absent for the system." }),
        name: z.string().meta({ description: "The name at that time." }),
      })
      .meta({ description: "Who made the change." }),
    cause: changeCauseSchema,
    fields: z
      .record(z.string(), z.strictObject({ before: z.unknown().optional(), after: z.unknown().optional() }))
      .meta({
        description:
          "Maps each changed property of the agent to its values before and after. `before` or `after` is absent if there was no value. Empty for a deletion.",
      }),
    createdAt: instantSchema,
  })
  .meta({ id: "Change" });

export type Change = z.output<typeof changeSchema>;

export const changeQuerySchema = z.strictObject({
  limit: limitParameter,
  pageToken: pageTokenParameter,
  actorId: idSchema<UserId | AccessKeyId>("The person or access key.").optional(),
  action: z.enum(changeActions, oneOf(changeActions)).optional(),
  cause: z.enum(changeCauses, oneOf(changeCauses)).optional(),
  field: text({ min: 1, max: 64 })
    .optional()
    .meta({ description: "A property that changed, such as `status` or `weeklySchedule`." }),
  since: instantParameter.optional().meta({
    description: "At this time or later.",
    override: { type: "string", format: "date-time" },
  }),
  upto: instantParameter.optional().meta({
    description: "At this time or earlier.",
    override: { type: "string", format: "date-time" },
  }),
});

export type ChangeQuery = z.output<typeof changeQuerySchema>;

/** A page of the ledger. Without a total, because counting costs more than the page. */
export const changePageSchema = z.strictObject({
  results: z.array(changeSchema),
  nextPageToken: z.string().optional().meta({ description: "Absent on the last page." }),
});

export type ChangePage = z.output<typeof changePageSchema>;

const shared = {
  method: "GET",
  tag: "Ledger",
  access: members("ledger.read"),
  query: changeQuerySchema,
  success: response.ok("A page of changes, newest first.", changePageSchema),
} as const;

export const listChanges = operation({
  ...shared,
  id: "listChanges",
  path: "/api/workspaces/{workspaceId}/changes",
  summary: "List changes of all agents",
  description: "A change must match all filters.",
  params: workspaceParams,
});

export const listAgentChanges = operation({
  ...shared,
  id: "listAgentChanges",
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/changes",
  summary: "List changes of an agent",
  description: "For a deleted agent, only the deletion remains.",
  params: agentParams,
  errors: ["AgentNotFound"],
});
