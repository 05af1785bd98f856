import { endpoint, route } from "@/lib/http/route";
import { listChanges } from "@/lib/ledger/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listChanges, async ({ actor, query }) => ({ data: await getServices().ledger.list(actor, query) })),
);
