import { getInboxAvailability, listCandidates } from "@/lib/agents/inbox/contract";
import type { InboxService } from "@/lib/agents/inbox/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ inbox: InboxService }>();

export const inboxRoutes = [
  route(listCandidates, async ({ actor, query, now }, { inbox }) => ({
    data: await inbox.candidates(actor, query, now),
  })),
  route(getInboxAvailability, async ({ actor, query, now }, { inbox }) => ({
    data: await inbox.board(actor, query, now),
  })),
];
