import { deleteAccessKey, getAccessKey, patchAccessKey } from "@/lib/access-keys/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getAccessKey, async ({ actor, params }) => ({
    data: await getServices().accessKeys.get(actor, params.accessKeyId),
  })),
  route(patchAccessKey, async ({ actor, params, body, now }) => ({
    data: await getServices().accessKeys.rename(actor, params.accessKeyId, body, now),
  })),
  route(deleteAccessKey, async ({ actor, params }) => {
    await getServices().accessKeys.revoke(actor, params.accessKeyId);
    return { data: undefined };
  }),
);
