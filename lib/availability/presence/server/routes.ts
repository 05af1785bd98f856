import {
  deletePresenceSession,
  endPresenceSession,
  getPresence,
  listPresenceSessions,
  putPresenceSession,
} from "@/lib/availability/presence/contract";
import type { PresenceService } from "@/lib/availability/presence/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ presence: PresenceService }>();

export const presenceRoutes = [
  route(getPresence, async ({ actor, params }, { presence }) => ({
    data: await presence.get(actor, params.agentId),
  })),
  route(listPresenceSessions, async ({ actor, params }, { presence }) => ({
    data: await presence.list(actor, params.agentId),
  })),
  route(putPresenceSession, async ({ actor, params, body }, { presence }) => ({
    data: await presence.beat(actor, params.agentId, params.sessionId, body),
  })),
  route(deletePresenceSession, async ({ actor, params }, { presence }) => {
    await presence.end(actor, params.agentId, params.sessionId);
    return { data: undefined };
  }),
  route(endPresenceSession, async ({ actor, params }, { presence }) => {
    await presence.end(actor, params.agentId, params.sessionId);
    return { data: undefined };
  }),
];
