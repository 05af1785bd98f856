import { z } from "zod";
import { instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams } from "@/lib/platform/http/paths";
import {
  capacityRuleSchema,
  channelsSchema,
  embeddedCapacityRuleSchema,
} from "@/lib/workforce/capacity/contract";

const shape = {
  id: uuidSchema,
  workload: channelsSchema.meta({ description: "Open conversations per channel." }),
};

const bounds = {
  ruleId: uuidSchema
    .optional()
    .meta({ description: "The capacity rule that applies: the agent's own, or the workspace's default." }),
  updatedAt: instantSchema,
};

export const embeddedWorkloadSchema = z
  .strictObject({ ...shape, rule: embeddedCapacityRuleSchema.optional(), ...bounds })
  .meta({ id: "EmbeddedWorkload" });

/** Workload of an agent, with the full rule. */
export const workloadSchema = z
  .strictObject({ ...shape, rule: capacityRuleSchema.optional(), ...bounds })
  .meta({ id: "Workload" });

export type Workload = z.output<typeof workloadSchema>;

export const getWorkload = operation({
  id: "getWorkload",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/workload",
  tag: "Workload",
  summary: "Get an agent's workload",
  access: members("agents.read"),
  params: agentParams,
  success: response.ok("Open conversations and the capacity rule that limits them.", workloadSchema),
  errors: ["AgentNotFound"],
});
