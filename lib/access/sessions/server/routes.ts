import { endOtherSessions, endSession, listSessions } from "@/lib/access/sessions/contract";
import type { SessionService } from "@/lib/access/sessions/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ sessions: SessionService }>();

export const sessionRoutes = [
  route(listSessions, async ({ principal, now }, { sessions }) => ({
    data: await sessions.list(principal, now),
  })),
  route(endSession, async ({ principal, params, address, now }, { sessions }) => {
    await sessions.end(principal, params.sessionId, { address, now });
    return { data: undefined };
  }),
  route(endOtherSessions, async ({ principal, address, now }, { sessions }) => {
    await sessions.endOthers(principal, { address, now });
    return { data: undefined };
  }),
];
