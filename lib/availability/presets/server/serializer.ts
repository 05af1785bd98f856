import type { Preset } from "@/lib/availability/presets/contract";
import type { Preset as PresetRow } from "@/lib/generated/prisma/client";
import { optional, timestamp } from "@/lib/platform/http/wire";

export function serializePreset(row: PresetRow): Preset {
  return {
    id: row.id,
    name: row.name,
    ...optional("icon", row.icon),
    status: row.status,
    activity: row.activity,
    ...optional("activityTtl", row.activityTtl),
    ...optional("activityText", row.activityText),
    position: row.position,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}
