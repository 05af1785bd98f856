import type { CoverageRisk } from "@/lib/agents/coverage/contract";
import type { CoverageNeed } from "@/lib/agents/coverage/needs-contract";
import type { Risk } from "@/lib/agents/coverage/risks";
import type { NeedRow } from "@/lib/agents/coverage/server/repository";
import { optional, timestamp } from "@/lib/platform/http/wire";
import { wallTimeOf, weekdays } from "@/lib/platform/time/calendar";

export function serializeNeed(row: NeedRow): CoverageNeed {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    ...optional("teamId", row.teamId),
    ...optional("skillId", row.skillId),
    ...optional("channel", row.channel),
    days: row.date ?? weekdays.filter((_, index) => row.weekdays.includes(index)),
    from: wallTimeOf(row.fromMinute),
    to: wallTimeOf(row.toMinute),
    minimum: row.minimum,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}

export const iso = (instant: number) => new Date(instant).toISOString();

export function serializeRisk({ start, end, teamId, skillId, agentIds, ...risk }: Risk): CoverageRisk {
  return {
    ...risk,
    start: iso(start),
    end: iso(end),
    ...optional("teamId", teamId),
    ...optional("skillId", skillId),
    agentIds: [...agentIds],
  };
}
