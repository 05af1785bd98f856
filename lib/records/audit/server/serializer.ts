import { optional, timestamp } from "@/lib/platform/http/wire";
import { csvLine } from "@/lib/platform/text/csv";
import type { AuditEvent } from "@/lib/records/audit/contract";
import type { EventRow } from "@/lib/records/audit/server/repository";

export function serializeEvent(row: EventRow): AuditEvent {
  return {
    id: row.id,
    at: timestamp(row.at),
    action: row.action,
    outcome: row.outcome,
    ...(row.actorKind
      ? { actor: { kind: row.actorKind, ...optional("id", row.actorId), name: row.actorName ?? "" } }
      : {}),
    ...optional("address", row.address),
    ...(row.targetType && row.targetId
      ? { target: { type: row.targetType, id: row.targetId, ...optional("name", row.targetName) } }
      : {}),
    ...optional("details", Object.keys(row.details).length > 0 ? row.details : undefined),
  };
}

const columns = {
  at: (event) => event.at,
  action: (event) => event.action,
  outcome: (event) => event.outcome,
  actorKind: (event) => event.actor?.kind,
  actorId: (event) => event.actor?.id,
  actorName: (event) => event.actor?.name,
  address: (event) => event.address,
  targetType: (event) => event.target?.type,
  targetId: (event) => event.target?.id,
  targetName: (event) => event.target?.name,
  details: (event) => event.details && JSON.stringify(event.details),
  id: (event) => event.id,
} satisfies Record<string, (event: AuditEvent) => string | undefined>;

export const csvHeading = csvLine(Object.keys(columns));

export function csvEvent(event: AuditEvent): string {
  return csvLine(Object.values(columns).map((read) => read(event) ?? ""));
}
