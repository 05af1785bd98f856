import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { getSenderProfile } from "@/lib/senders/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = endpoint(
  route(getSenderProfile, async ({ actor, params }) => ({ data: await getServices().senders.get(actor, params.senderProfileId) })),
);
