import { deleteAgent, getAgent, patchAgent } from "@/lib/agents/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getAgent, ({ actor, params, now }) => getServices().agents.get(actor, params.agentId, now)),
  route(patchAgent, ({ actor, params, body, ifMatch, now }) =>
    getServices().agents.change(actor, params.agentId, body, { ifMatch, now }),
  ),
  route(deleteAgent, ({ actor, params, ifMatch, now }) =>
    getServices().agents.delete(actor, params.agentId, { ifMatch, now }),
  ),
);
