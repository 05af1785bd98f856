import { endpoint, route } from "@/lib/http/route";
import { listSenderProfiles } from "@/lib/senders/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listSenderProfiles, async ({ actor, query }) => ({
    data: await getServices().senders.list(actor, query),
  })),
);
