import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { deleteView, getView, patchView } from "@/lib/views/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getView, async ({ actor, params }) => ({
    data: await getServices().views.get(actor, params.viewId),
  })),
  route(patchView, async ({ actor, params, body, now }) => ({
    data: await getServices().views.change(actor, params.viewId, body, now),
  })),
  route(deleteView, async ({ actor, params }) => {
    await getServices().views.delete(actor, params.viewId);
    return { data: undefined };
  }),
);
