import { createAgent, listAgents } from "@/lib/agents/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listAgents, ({ actor, query, now }) => getServices().agents.list(actor, query, now)),
  route(createAgent, ({ actor, body, now }) => getServices().agents.create(actor, body, now)),
);
