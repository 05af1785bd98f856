import { route } from "@/lib/http/route";
import { createView, deleteView, getView, listViews, patchView } from "@/lib/views/contract";

export const viewRoutes = [
  route(listViews, async ({ actor }, { views }) => ({ data: await views.list(actor) })),
  route(createView, ({ actor, body, now }, { views }) => views.create(actor, body, now)),
  route(getView, async ({ actor, params }, { views }) => ({ data: await views.get(actor, params.viewId) })),
  route(patchView, async ({ actor, params, body, now }, { views }) => ({
    data: await views.change(actor, params.viewId, body, now),
  })),
  route(deleteView, async ({ actor, params }, { views }) => {
    await views.delete(actor, params.viewId);
    return { data: undefined };
  }),
];
