import { type StoredInstant, timestamp } from "@/lib/platform/http/wire";
import type { CapacityRule } from "@/lib/workforce/capacity/contract";

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

/** Returns a rule with the ids of its assigned agents. */
export function serializeRule(
  row: CapacityRuleRow,
  workspaceId: string,
  assignedAgentIds: string[],
): CapacityRule {
  return {
    id: row.id,
    workspaceId,
    name: row.name,
    description: row.description,
    default: row.isDefault,
    capacity: { messaging: row.messagingCapacity, email: row.emailCapacity },
    assignedAgentIds,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}
