import type { AccessKey } from "@/lib/access/access-keys/contract";
import type { AccessKey as AccessKeyRow } from "@/lib/generated/prisma/client";
import { optional, timestamp } from "@/lib/platform/http/wire";

export function serializeAccessKey(
  row: Pick<AccessKeyRow, "id" | "name" | "roleId" | "expiresAt" | "lastUsedAt" | "createdAt">,
): AccessKey {
  return {
    id: row.id,
    name: row.name,
    roleId: row.roleId,
    ...optional("expiresAt", row.expiresAt && timestamp(row.expiresAt)),
    ...optional("lastUsedAt", row.lastUsedAt && timestamp(row.lastUsedAt)),
    createdAt: timestamp(row.createdAt),
  };
}
