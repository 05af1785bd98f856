import { endpoint, route } from "@/lib/http/route";
import { inviteUser, listUsers } from "@/lib/people/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listUsers, async ({ actor, query }) => ({ data: await getServices().people.list(actor, query) })),
  route(inviteUser, ({ actor, body, now }) => getServices().people.invite(actor, body, now)),
);
