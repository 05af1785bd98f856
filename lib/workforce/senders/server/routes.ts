import { routeWith } from "@/lib/platform/http/server/route";
import {
  createSenderProfile,
  deleteSenderProfile,
  getSenderProfile,
  getSenderProfileUsage,
  listSenderProfiles,
  patchSenderProfile,
} from "@/lib/workforce/senders/contract";
import type { SenderService } from "@/lib/workforce/senders/server/service";

const route = routeWith<{ senders: SenderService }>();

export const senderRoutes = [
  route(listSenderProfiles, async ({ actor, query }, { senders }) => ({
    data: await senders.list(actor, query),
  })),
  route(createSenderProfile, ({ actor, body, now }, { senders }) => senders.create(actor, body, now)),
  route(getSenderProfile, ({ actor, params }, { senders }) => senders.get(actor, params.senderProfileId)),
  route(patchSenderProfile, ({ actor, params, body, ifMatch, now }, { senders }) =>
    senders.change(actor, params.senderProfileId, body, { ifMatch, now }),
  ),
  route(deleteSenderProfile, ({ actor, params, ifMatch, now }, { senders }) =>
    senders.delete(actor, params.senderProfileId, { ifMatch, now }),
  ),
  route(getSenderProfileUsage, async ({ actor, params }, { senders }) => ({
    data: await senders.usage(actor, params.senderProfileId),
  })),
];
