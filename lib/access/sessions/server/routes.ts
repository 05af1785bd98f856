import { endOtherSessions, endSession, listSessions } from "@/lib/access/sessions/contract";
import { route } from "@/lib/platform/http/server/route";

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
