import { route } from "@/lib/http/route";
import { listAgentChanges, listChanges } from "@/lib/ledger/contract";

export const ledgerRoutes = [
  route(listChanges, async ({ actor, query }, { ledger }) => ({ data: await ledger.list(actor, query) })),
  route(listAgentChanges, async ({ actor, params, query }, { ledger }) => ({
    data: await ledger.listOf(actor, params.agentId, query),
  })),
];
