import { route } from "@/lib/http/route";
import { getWorkload } from "@/lib/workload/contract";

export const workloadRoutes = [
  route(getWorkload, ({ actor, params }, { workload }) => workload.get(actor, params.agentId)),
];
