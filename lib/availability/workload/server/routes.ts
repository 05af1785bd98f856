import { getWorkload } from "@/lib/availability/workload/contract";
import type { WorkloadService } from "@/lib/availability/workload/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ workload: WorkloadService }>();

export const workloadRoutes = [
  route(getWorkload, ({ actor, params }, { workload }) => workload.get(actor, params.agentId)),
];
