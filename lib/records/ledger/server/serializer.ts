import { optional, timestamp } from "@/lib/platform/http/wire";
import type { Change } from "@/lib/records/ledger/contract";
import type { ChangeRow } from "@/lib/records/ledger/server/repository";

export function serializeChange(row: ChangeRow): Change {
  return {
    id: row.id,
    agentId: row.agentId,
    agentName: row.agentName,
    action: row.action,
    actor: { kind: row.actorKind, ...optional("id", row.actorId), name: row.actorName },
    cause: row.cause,
    fields: row.fields,
    createdAt: timestamp(row.createdAt),
  };
}
