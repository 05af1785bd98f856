import { getWorkload } from "@/lib/availability/workload/contract";
import { route } from "@/lib/platform/http/server/route";

export const workloadRoutes = [
  route(getWorkload, ({ actor, params }, { workload }) => workload.get(actor, params.agentId)),
];
