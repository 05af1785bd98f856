import { readingOf } from "@/lib/http/reading";
import { route } from "@/lib/http/route";
import {
  acceptInvitation,
  createPasswordReset,
  deleteUser,
  getMembership,
  getUser,
  inviteUser,
  listUsers,
  patchUser,
  resendInvitation,
} from "@/lib/people/contract";

export const peopleRoutes = [
  route(listUsers, async ({ actor, query }, { people }) => ({ data: await people.list(actor, query) })),
  route(inviteUser, ({ actor, body, now }, { people }) => people.invite(actor, body, now)),
  route(getUser, async ({ actor, params }, { people }) => ({ data: await people.get(actor, params.userId) })),
  route(patchUser, async ({ actor, params, body, now }, { people }) => ({
    data: await people.change(actor, params.userId, body, now),
  })),
  route(deleteUser, async ({ actor, params, now }, { people }) => {
    await people.remove(actor, params.userId, now);
    return { data: undefined };
  }),
  route(resendInvitation, async ({ actor, params, now }, { people }) => ({
    data: await people.resend(actor, params.userId, now),
  })),
  route(createPasswordReset, async ({ actor, params, headers, now }, { people }) => ({
    data: await people.resetPassword(actor, params.userId, now, readingOf(headers)),
  })),
  route(getMembership, async ({ actor }, { people }) => ({ data: await people.membership(actor) })),
  route(acceptInvitation, async ({ body, address, now }, { people }) => ({
    data: await people.accept(body, { address, now }),
  })),
];
