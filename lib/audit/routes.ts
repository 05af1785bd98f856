import { listAuditEvents } from "@/lib/audit/contract";
import { route } from "@/lib/http/route";

export const auditRoutes = [
  route(listAuditEvents, ({ actor, query, accept, now }, { audit }) => audit.list(actor, query, accept, now)),
];
