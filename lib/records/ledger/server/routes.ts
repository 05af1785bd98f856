import { route } from "@/lib/platform/http/server/route";
import { listAgentChanges, listChanges } from "@/lib/records/ledger/contract";

export const ledgerRoutes = [
  route(listChanges, async ({ actor, query }, { ledger }) => ({ data: await ledger.list(actor, query) })),
  route(listAgentChanges, async ({ actor, params, query }, { ledger }) => ({
    data: await ledger.listOf(actor, params.agentId, query),
  })),
];
