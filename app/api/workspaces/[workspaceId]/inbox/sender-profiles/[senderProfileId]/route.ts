import { endpoint, route } from "@/lib/http/route";
import { getSenderProfile } from "@/lib/senders/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getSenderProfile, async ({ actor, params }) => ({
    data: await getServices().senders.get(actor, params.senderProfileId),
  })),
);
