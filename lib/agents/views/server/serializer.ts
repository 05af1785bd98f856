import type { SavedView } from "@/lib/agents/views/contract";
import type { SavedView as SavedViewRow } from "@/lib/generated/prisma/client";
import { timestamp } from "@/lib/platform/http/wire";

export function serializeView(row: SavedViewRow): SavedView {
  return {
    id: row.id,
    name: row.name,
    search: row.search,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}
