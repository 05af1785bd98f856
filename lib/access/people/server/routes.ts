import {
  acceptInvitation,
  createPasswordReset,
  deleteUser,
  getMembership,
  getUser,
  inviteUser,
  listSuspendedAgents,
  listUsers,
  patchUser,
  resendInvitation,
} from "@/lib/access/people/contract";
import type { PeopleService } from "@/lib/access/people/server/service";
import { readingOf } from "@/lib/platform/http/server/reading";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ people: PeopleService }>();

export const peopleRoutes = [
  route(listUsers, async ({ actor, query }, { people }) => ({ data: await people.list(actor, query) })),
  route(inviteUser, ({ actor, body, now }, { people }) => people.invite(actor, body, now)),
  route(getUser, ({ actor, params }, { people }) => people.get(actor, params.userId)),
  route(patchUser, ({ actor, params, body, ifMatch, now }, { people }) =>
    people.change(actor, params.userId, body, { ifMatch, now }),
  ),
  route(deleteUser, async ({ actor, params, ifMatch, now }, { people }) => {
    await people.remove(actor, params.userId, { ifMatch, now });
    return { data: undefined };
  }),
  route(resendInvitation, ({ actor, params, now }, { people }) => people.resend(actor, params.userId, now)),
  route(createPasswordReset, async ({ actor, params, headers, now }, { people }) => ({
    data: await people.resetPassword(actor, params.userId, now, readingOf(headers)),
  })),
  route(getMembership, async ({ actor }, { people }) => ({ data: await people.membership(actor) })),
  route(listSuspendedAgents, async ({ actor }, { people }) => ({
    data: { agentIds: await people.suspendedAgents(actor) },
  })),
  route(acceptInvitation, async ({ body, address, now }, { people }) => ({
    data: await people.accept(body, { address, now }),
  })),
];
