import { createView, deleteView, getView, listViews, patchView } from "@/lib/agents/views/contract";
import type { ViewService } from "@/lib/agents/views/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ views: ViewService }>();

export const viewRoutes = [
  route(listViews, async ({ actor }, { views }) => ({ data: await views.list(actor) })),
  route(createView, ({ actor, body, now }, { views }) => views.create(actor, body, now)),
  route(getView, ({ actor, params }, { views }) => views.get(actor, params.viewId)),
  route(patchView, ({ actor, params, body, ifMatch, now }, { views }) =>
    views.change(actor, params.viewId, body, { ifMatch, now }),
  ),
  route(deleteView, async ({ actor, params, ifMatch }, { views }) => {
    await views.delete(actor, params.viewId, ifMatch);
    return { data: undefined };
  }),
];
