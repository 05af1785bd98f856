import { endpoint, route } from "@/lib/http/route";
import { getSenderProfileUsage } from "@/lib/senders/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getSenderProfileUsage, async ({ actor, params }) => ({
    data: await getServices().senders.usage(actor, params.senderProfileId),
  })),
);
