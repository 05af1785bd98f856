import { z } from "zod";
import {
  agentListSchema,
  countSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";

const channelCount = z.int().min(0);

export const channelsSchema = z
  .strictObject({ messaging: channelCount, email: channelCount })
  .meta({ id: "Channels", description: "Conversations per channel." });

const ruleShape = {
  id: uuidSchema,
  workspaceId: uuidSchema,
  name: z.string(),
  description: z.string(),
  default: z.boolean(),
  capacity: channelsSchema,
};

const ruleTimes = { createdAt: instantSchema, updatedAt: instantSchema };

/** A capacity rule with the ids of all assigned agents. */
export const capacityRuleSchema = z
  .strictObject({ ...ruleShape, assignedAgentIds: z.array(uuidSchema), ...ruleTimes })
  .meta({ id: "CapacityRule" });

/** A capacity rule as part of an agent. `assignedAgentIds` is null, because there may be thousands. */
export const embeddedCapacityRuleSchema = z
  .strictObject({ ...ruleShape, assignedAgentIds: z.null(), ...ruleTimes })
  .meta({ id: "EmbeddedCapacityRule" });

export type CapacityRule = z.output<typeof capacityRuleSchema>;

const openConversations = { error: "must be a whole number from 0 to 1000000." };
const boundSchema = z.int(openConversations).min(0, openConversations).max(1_000_000, openConversations);

const ruleInput = {
  name: nameSchema,
  description: nameSchema,
  default: z.boolean().meta({ description: "Applies to agents without their own rule." }),
  capacity: z
    .strictObject({ messaging: boundSchema, email: boundSchema })
    .meta({ description: "Maximum open conversations per channel. Replaced as a whole." }),
  agents: agentListSchema.meta({
    description: "All agents with this rule. An agent with another rule switches to this one.",
  }),
};

export const capacityRuleDraftSchema = z
  .strictObject({
    ...ruleInput,
    default: ruleInput.default.default(false),
    agents: ruleInput.agents.default([]),
  })
  .meta({ id: "CapacityRuleDraft" });

/** A change of a capacity rule. Omitted properties stay as they are. */
export const capacityRuleChangeSchema = z
  .strictObject(ruleInput)
  .partial()
  .meta({ id: "CapacityRuleChange" });

/** Agents that a capacity rule applies to. */
export const capacityRuleUsageSchema = z
  .strictObject({
    agents: countSchema.meta({ description: "Agents with this rule." }),
    agentsByDefault: countSchema.meta({
      description: "Agents without their own rule, if this is the default rule. Otherwise 0.",
    }),
  })
  .meta({ id: "CapacityRuleUsage" });

export type CapacityRuleDraft = z.output<typeof capacityRuleDraftSchema>;
export type CapacityRuleChange = z.output<typeof capacityRuleChangeSchema>;
export type CapacityRuleUsage = z.output<typeof capacityRuleUsageSchema>;

const collection = "/api/workspaces/{workspaceId}/inbox/capacity";
const one = `${collection}/{capacityRuleId}` as const;
const capacityRuleParams = workspaceParams.extend({ capacityRuleId: idSchema("The capacity rule.") });
const shared = { tag: "Capacity", access: members("settings.read") } as const;
const written = { tag: "Capacity", access: members("settings.write") } as const;

export const listCapacityRules = operation({
  ...shared,
  id: "listCapacityRules",
  method: "GET",
  path: collection,
  summary: "List capacity rules",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of rules, oldest first.", pageOf(capacityRuleSchema)),
});

export const getCapacityRule = operation({
  ...shared,
  id: "getCapacityRule",
  method: "GET",
  path: one,
  summary: "Get a capacity rule",
  params: capacityRuleParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The rule.", capacityRuleSchema),
  errors: ["CapacityRuleNotFound"],
});

export const createCapacityRule = operation({
  ...written,
  id: "createCapacityRule",
  audit: "capacityRule.created",
  method: "POST",
  path: collection,
  summary: "Create a capacity rule",
  description:
    "Only one rule per workspace can be the default. To change it, first set `default: false` on the current one.",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: capacityRuleDraftSchema,
  invalid: "InvalidCapacityRule",
  success: response.created("The new capacity rule.", capacityRuleSchema),
  errors: ["DefaultCapacityRuleAlreadyExists"],
});

export const patchCapacityRule = operation({
  ...written,
  id: "patchCapacityRule",
  audit: "capacityRule.changed",
  method: "PATCH",
  path: one,
  summary: "Change a capacity rule",
  description: "`agents` replaces the whole list. An agent with another rule switches to this one.",
  params: capacityRuleParams,
  reads: ["If-Match"],
  body: capacityRuleChangeSchema,
  invalid: "InvalidCapacityRule",
  success: response.okWithTag("The capacity rule after the change.", capacityRuleSchema),
  errors: ["CapacityRuleNotFound", "DefaultCapacityRuleAlreadyExists"],
});

export const deleteCapacityRule = operation({
  ...written,
  id: "deleteCapacityRule",
  audit: "capacityRule.deleted",
  method: "DELETE",
  path: one,
  summary: "Delete a capacity rule",
  description:
    "Its agents then use the default rule. The default rule can't be deleted. Set `default: false` first.",
  params: capacityRuleParams,
  reads: ["If-Match"],
  success: response.noContent("The capacity rule was deleted."),
  errors: ["CapacityRuleNotFound", "DefaultCapacityRuleAlreadyExists"],
});

const assignmentParams = agentParams.extend({ capacityRuleId: idSchema("The capacity rule.") });

export const assignCapacityRule = operation({
  ...written,
  id: "assignCapacityRule",
  audit: "capacityRule.changed",
  method: "PUT",
  path: `${one}/agents/{agentId}`,
  summary: "Assign a capacity rule to an agent",
  description:
    "Replaces the agent's previous rule. Other agents are unaffected. Succeeds if the agent already has the rule.",
  params: assignmentParams,
  success: response.noContent("The agent has the rule."),
  errors: ["CapacityRuleNotFound", "AgentNotFound"],
});

export const unassignCapacityRule = operation({
  ...written,
  id: "unassignCapacityRule",
  audit: "capacityRule.changed",
  method: "DELETE",
  path: `${one}/agents/{agentId}`,
  summary: "Remove a capacity rule from an agent",
  description:
    "The default rule applies again. Other agents are unaffected. Succeeds if the agent doesn't have the rule.",
  params: assignmentParams,
  success: response.noContent("The agent doesn't have the rule."),
  errors: ["CapacityRuleNotFound", "AgentNotFound"],
});

export const getCapacityRuleUsage = operation({
  ...written,
  id: "getCapacityRuleUsage",
  method: "GET",
  path: `${one}/usage`,
  summary: "Count the uses of a capacity rule",
  description: "The number of agents that the rule applies to.",
  params: capacityRuleParams,
  success: response.ok("What deleting the capacity rule would affect.", capacityRuleUsageSchema),
  errors: ["CapacityRuleNotFound"],
});
