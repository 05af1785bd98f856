import { route } from "@/lib/platform/http/server/route";
import { listAuditEvents } from "@/lib/records/audit/contract";

export const auditRoutes = [
  route(listAuditEvents, ({ actor, query, accept, now }, { audit }) => audit.list(actor, query, accept, now)),
];
