import { routeWith } from "@/lib/platform/http/server/route";
import { listAuditEvents } from "@/lib/records/audit/contract";
import type { AuditService } from "@/lib/records/audit/server/service";

const route = routeWith<{ audit: AuditService }>();

export const auditRoutes = [
  route(listAuditEvents, ({ actor, query, accept, now }, { audit }) => audit.list(actor, query, accept, now)),
];
