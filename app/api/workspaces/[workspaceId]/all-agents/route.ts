import { listAllAgents } from "@/lib/agents/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listAllAgents, ({ actor, now }) => getServices().agents.listAll(actor, now)),
);
