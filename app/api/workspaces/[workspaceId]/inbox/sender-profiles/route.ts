import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { listSenderProfiles } from "@/lib/senders/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = endpoint(
  route(listSenderProfiles, async ({ actor, query }) => ({ data: await getServices().senders.list(actor, query) })),
);
