import { endpoint, route } from "@/lib/http/route";
import { deleteSenderProfile, getSenderProfile, patchSenderProfile } from "@/lib/senders/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getSenderProfile, async ({ actor, params }) => ({
    data: await getServices().senders.get(actor, params.senderProfileId),
  })),
  route(patchSenderProfile, async ({ actor, params, body, now }) => ({
    data: await getServices().senders.change(actor, params.senderProfileId, body, now),
  })),
  route(deleteSenderProfile, ({ actor, params, now }) =>
    getServices().senders.delete(actor, params.senderProfileId, now),
  ),
);
