import { createAgent, deleteAgent, getAgent, patchAgent } from "@/lib/agents/agents/contract";
import { listAgents, listAllAgents } from "@/lib/agents/agents/list-contract";
import type { AgentService } from "@/lib/agents/agents/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ agents: AgentService }>();

export const agentRoutes = [
  route(listAgents, ({ actor, query, now }, { agents }) => agents.list(actor, query, now)),
  route(createAgent, ({ actor, body, now }, { agents }) => agents.create(actor, body, now)),
  route(listAllAgents, ({ actor, now }, { agents }) => agents.listAll(actor, now)),
  route(getAgent, ({ actor, params, now }, { agents }) => agents.get(actor, params.agentId, now)),
  route(patchAgent, ({ actor, params, body, ifMatch, now }, { agents }) =>
    agents.change(actor, params.agentId, body, { ifMatch, now }),
  ),
  route(deleteAgent, ({ actor, params, ifMatch, now }, { agents }) =>
    agents.delete(actor, params.agentId, { ifMatch, now }),
  ),
];
