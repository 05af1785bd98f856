import type { Skill as SkillRow, SkillValue as SkillValueRow } from "@/lib/generated/prisma/client";
import { optional, timestamp } from "@/lib/platform/http/wire";
import type { Skill } from "@/lib/workforce/skills/contract";

export function serializeSkill(row: SkillRow & { values: SkillValueRow[] }): Skill {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    name: row.name,
    ...optional("description", row.description),
    valueType: row.valueType,
    values: row.values.map((value) => ({
      id: value.id,
      value: value.value,
      ...optional("icon", value.icon),
    })),
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}
