import { type StoredInstant, timestamp } from "@/lib/platform/http/wire";
import type { CapacityRule, EmbeddedCapacityRule } from "@/lib/workforce/capacity/contract";

export interface CapacityRuleRow {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  messagingCapacity: number;
  emailCapacity: number;
  createdAt: StoredInstant;
  updatedAt: StoredInstant;
}

function shape(row: CapacityRuleRow, workspaceId: string) {
  return {
    id: row.id,
    workspaceId,
    name: row.name,
    description: row.description,
    default: row.isDefault,
    capacity: { messaging: row.messagingCapacity, email: row.emailCapacity },
  };
}

const times = (row: CapacityRuleRow) => ({
  createdAt: timestamp(row.createdAt),
  updatedAt: timestamp(row.updatedAt),
});

/** Returns a rule as part of an agent, without the ids of its other agents. */
export function serializeEmbeddedRule(row: CapacityRuleRow, workspaceId: string): EmbeddedCapacityRule {
  return { ...shape(row, workspaceId), assignedAgentIds: null, ...times(row) };
}

/** Returns a rule with the ids of its assigned agents. */
export function serializeRule(
  row: CapacityRuleRow,
  workspaceId: string,
  assignedAgentIds: string[],
): CapacityRule {
  return { ...shape(row, workspaceId), assignedAgentIds, ...times(row) };
}
