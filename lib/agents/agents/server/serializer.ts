import type { Agent } from "@/lib/agents/agents/contract";
import type { AgentRow } from "@/lib/agents/agents/server/row-query";
import { declaredAvailability, serializeAvailability } from "@/lib/availability/declared/server/serializer";
import { toWeeklySchedule } from "@/lib/hours/schedule/stored";
import { optional, timestamp } from "@/lib/platform/http/wire";
import { serializeEmbeddedRule } from "@/lib/workforce/capacity/server/serializer";
import { mediaUrl } from "@/lib/workforce/media/rules";

export interface Links {
  /** Base URL of the product, without a trailing slash. */
  publicUrl: string;
}

function avatarUrl(
  links: Links,
  row: Pick<AgentRow, "workspaceId" | "id" | "avatarMediaId" | "avatarUrl">,
): string | undefined {
  if (row.avatarMediaId)
    return mediaUrl(links.publicUrl, {
      workspaceId: row.workspaceId,
      agentId: row.id,
      id: row.avatarMediaId,
    });
  if (row.avatarUrl?.startsWith("/")) return links.publicUrl + row.avatarUrl;
  return row.avatarUrl ?? undefined;
}

/** Returns the properties of an agent that refer to workspace settings. */
export function serializeSettings(
  row: Pick<AgentRow, "skills" | "defaultSenderId">,
): Pick<Agent, "assignedSkills" | "defaultSenderId"> {
  return {
    assignedSkills: row.skills.map((skill) => ({
      id: skill.id,
      name: skill.name,
      valueType: skill.valueType,
      selectedValues: skill.values.map((value) => ({
        id: value.id,
        value: value.value,
        ...optional("icon", value.icon),
      })),
    })),
    ...optional("defaultSenderId", row.defaultSenderId),
  };
}

/**
 * Returns an agent at `now` (epoch milliseconds) as the API shows it, for responses to changes. Reads build
 * the same JSON in SQL (wire-query.ts).
 */
export function serializeAgent(row: AgentRow, now: number, links: Links): Agent {
  const declared = declaredAvailability(row);
  const updatedAt = Math.max(new Date(row.updatedAt).getTime(), declared.updatedAt);
  return {
    id: row.id,
    status: row.status,
    ...optional("statusBeforeOffline", row.statusBeforeOffline),
    name: row.name,
    overrideName: row.user !== null && row.user.name !== row.name,
    workspaceId: row.workspaceId,
    type: row.type,
    userEmails: row.userEmails,
    ...optional("bio", row.bio),
    ...optional("avatarUrl", avatarUrl(links, row)),
    dropVms: row.dropVms.map((drop) => ({
      id: drop.id,
      name: drop.name,
      mediaUrl: mediaUrl(links.publicUrl, {
        workspaceId: row.workspaceId,
        agentId: row.id,
        id: drop.mediaId,
      }),
    })),
    tagCount: 0,
    wrapUpTime: row.wrapUpTime,
    ...optional("lastAssignedAt", row.lastAssignedAt && timestamp(row.lastAssignedAt)),
    ...optional("lastSetToAwayAt", row.lastSetToAwayAt && timestamp(row.lastSetToAwayAt)),
    teams: row.teams.map((team) => ({ ...team, memberSince: timestamp(team.memberSince) })),
    workload: {
      id: row.workloadId,
      workload: { messaging: row.messagingCount, email: row.emailCount },
      ...(row.rule ? { rule: serializeEmbeddedRule(row.rule, row.workspaceId), ruleId: row.rule.id } : {}),
      updatedAt: timestamp(row.workloadUpdatedAt),
    },
    createdAt: timestamp(row.createdAt),
    updatedAt: new Date(updatedAt).toISOString(),
    availability: serializeAvailability(declared, now),
    timezone: row.timezone,
    ...optional("defaultCountryCode", row.defaultCountryCode),
    ...optional("defaultCallerId", row.defaultCallerId),
    ...(row.forwardNumber === null
      ? {}
      : {
          forwardNumber: {
            enabled: row.forwardEnabled ?? false,
            number: row.forwardNumber,
            maskCaller: row.forwardMaskCaller ?? false,
          },
        }),
    ...optional("transcriptionLocale", row.transcriptionLocale),
    roles: row.roles.map((role) => ({ id: role.id, type: role.type, workspaces: [row.workspaceId] })),
    ...(row.user
      ? {
          user: {
            ...row.user.properties,
            id: row.user.id,
            name: row.user.name,
            ...optional("avatarUrl", row.user.avatarUrl),
            ...optional("defaultEmail", row.userEmails[0]),
            ...optional("phoneNumber", row.user.phoneNumber),
          },
        }
      : {}),
    ...(row.weeklySchedule ? { weeklySchedule: toWeeklySchedule(row.weeklySchedule) } : {}),
    holidays: row.holidays.map(({ name, day, month }) => ({ name, day, month })),
    ...serializeSettings(row),
    ...optional("outOfOfficeResponse", row.outOfOfficeResponse),
  };
}
