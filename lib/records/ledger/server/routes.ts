import { routeWith } from "@/lib/platform/http/server/route";
import { listAgentChanges, listChanges } from "@/lib/records/ledger/contract";
import type { LedgerService } from "@/lib/records/ledger/server/service";

const route = routeWith<{ ledger: LedgerService }>();

export const ledgerRoutes = [
  route(listChanges, async ({ actor, query }, { ledger }) => ({ data: await ledger.list(actor, query) })),
  route(listAgentChanges, async ({ actor, params, query }, { ledger }) => ({
    data: await ledger.listOf(actor, params.agentId, query),
  })),
];
