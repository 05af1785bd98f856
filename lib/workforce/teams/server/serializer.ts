import type { Team as TeamRow } from "@/lib/generated/prisma/client";
import { optional, timestamp } from "@/lib/platform/http/wire";
import type { Team } from "@/lib/workforce/teams/contract";

export function serializeTeam(row: TeamRow): Team {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    name: row.name,
    ...optional("description", row.description),
    visibility: row.visibility,
    activeMemberCount: row.activeMemberCount,
    pendingMemberCount: row.pendingMemberCount,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}
