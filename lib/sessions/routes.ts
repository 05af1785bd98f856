import { route } from "@/lib/http/route";
import { endOtherSessions, endSession, listSessions } from "@/lib/sessions/contract";

export const sessionRoutes = [
  route(listSessions, async ({ principal, now }, { sessions }) => ({
    data: await sessions.list(principal, now),
  })),
  route(endSession, async ({ principal, params }, { sessions }) => {
    await sessions.end(principal, params.sessionId);
    return { data: undefined };
  }),
  route(endOtherSessions, async ({ principal }, { sessions }) => {
    await sessions.endOthers(principal);
    return { data: undefined };
  }),
];
