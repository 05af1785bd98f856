import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { getWorkload } from "@/lib/workload/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getWorkload, ({ actor, params }) => getServices().workload.get(actor, params.agentId)),
);
