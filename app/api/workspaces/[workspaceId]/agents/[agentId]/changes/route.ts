import { endpoint, route } from "@/lib/http/route";
import { listAgentChanges } from "@/lib/ledger/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listAgentChanges, async ({ actor, params, query }) => ({
    data: await getServices().ledger.listOf(actor, params.agentId, query),
  })),
);
