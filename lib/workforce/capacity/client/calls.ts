import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/workforce/capacity/contract";

const many = "/api/workspaces/{workspaceId}/inbox/capacity";
const one = `${many}/{capacityRuleId}` as const;

export const listCapacityRules = call<typeof contract.listCapacityRules>("GET", many);
export const createCapacityRule = call<typeof contract.createCapacityRule>("POST", many);
export const getCapacityRule = call<typeof contract.getCapacityRule>("GET", one);
export const patchCapacityRule = call<typeof contract.patchCapacityRule>("PATCH", one);
export const deleteCapacityRule = call<typeof contract.deleteCapacityRule>("DELETE", one);
export const assignCapacityRule = call<typeof contract.assignCapacityRule>("PUT", `${one}/agents/{agentId}`);
export const unassignCapacityRule = call<typeof contract.unassignCapacityRule>(
  "DELETE",
  `${one}/agents/{agentId}`,
);
export const getCapacityRuleUsage = call<typeof contract.getCapacityRuleUsage>("GET", `${one}/usage`);
