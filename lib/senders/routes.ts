import { route } from "@/lib/http/route";
import {
  createSenderProfile,
  deleteSenderProfile,
  getSenderProfile,
  getSenderProfileUsage,
  listSenderProfiles,
  patchSenderProfile,
} from "@/lib/senders/contract";

export const senderRoutes = [
  route(listSenderProfiles, async ({ actor, query }, { senders }) => ({
    data: await senders.list(actor, query),
  })),
  route(createSenderProfile, ({ actor, body, now }, { senders }) => senders.create(actor, body, now)),
  route(getSenderProfile, async ({ actor, params }, { senders }) => ({
    data: await senders.get(actor, params.senderProfileId),
  })),
  route(patchSenderProfile, async ({ actor, params, body, now }, { senders }) => ({
    data: await senders.change(actor, params.senderProfileId, body, now),
  })),
  route(deleteSenderProfile, ({ actor, params, now }, { senders }) =>
    senders.delete(actor, params.senderProfileId, now),
  ),
  route(getSenderProfileUsage, async ({ actor, params }, { senders }) => ({
    data: await senders.usage(actor, params.senderProfileId),
  })),
];
