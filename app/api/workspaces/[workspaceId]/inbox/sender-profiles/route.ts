import { endpoint, route } from "@/lib/http/route";
import { createSenderProfile, listSenderProfiles } from "@/lib/senders/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listSenderProfiles, async ({ actor, query }) => ({
    data: await getServices().senders.list(actor, query),
  })),
  route(createSenderProfile, ({ actor, body, now }) => getServices().senders.create(actor, body, now)),
);
