import { endpoint, route } from "@/lib/http/route";
import { deleteUser, getUser, patchUser } from "@/lib/people/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getUser, async ({ actor, params }) => ({
    data: await getServices().people.get(actor, params.userId),
  })),
  route(patchUser, async ({ actor, params, body, now }) => ({
    data: await getServices().people.change(actor, params.userId, body, now),
  })),
  route(deleteUser, async ({ actor, params, now }) => {
    await getServices().people.remove(actor, params.userId, now);
    return { data: undefined };
  }),
);
