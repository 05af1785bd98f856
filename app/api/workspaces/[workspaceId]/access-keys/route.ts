import { createAccessKey, listAccessKeys } from "@/lib/access-keys/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listAccessKeys, async ({ actor, query }) => ({
    data: await getServices().accessKeys.list(actor, query),
  })),
  route(createAccessKey, ({ actor, body, now }) => getServices().accessKeys.create(actor, body, now)),
);
