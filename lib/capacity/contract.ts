import { z } from "zod";
import { idSchema, instantSchema, pageOf, pageQuerySchema, uuidSchema } from "@/lib/http/fields";
import { members, operation } from "@/lib/http/operation";
import { workspaceParams } from "@/lib/http/paths";

const channelCount = z.int().min(0);

/** Conversations per channel. */
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

/** A capacity rule with everybody it is assigned to. */
export const capacityRuleSchema = z
  .strictObject({ ...ruleShape, assignedAgentIds: z.array(uuidSchema), ...ruleTimes })
  .meta({ id: "CapacityRule" });

/** A capacity rule inside an agent: the assigned agents may be thousands, so they are null here. */
export const embeddedCapacityRuleSchema = z
  .strictObject({ ...ruleShape, assignedAgentIds: z.null(), ...ruleTimes })
  .meta({ id: "EmbeddedCapacityRule" });

export type CapacityRule = z.output<typeof capacityRuleSchema>;
export type EmbeddedCapacityRule = z.output<typeof embeddedCapacityRuleSchema>;

export const listCapacityRules = operation({
  id: "listCapacityRules",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/capacity",
  tag: "Capacity",
  summary: "List capacity rules",
  access: members("settings.read"),
  params: workspaceParams,
  query: pageQuerySchema,
  success: { status: 200, description: "A page of rules, oldest first.", body: pageOf(capacityRuleSchema) },
  errors: ["InvalidPageToken"],
});

export const getCapacityRule = operation({
  id: "getCapacityRule",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/capacity/{capacityRuleId}",
  tag: "Capacity",
  summary: "Get a capacity rule",
  access: members("settings.read"),
  params: workspaceParams.extend({ capacityRuleId: idSchema("The capacity rule.") }),
  success: { status: 200, description: "The rule.", body: capacityRuleSchema },
  errors: ["CapacityRuleNotFound"],
});
