import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { createView, listViews } from "@/lib/views/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listViews, async ({ actor }) => ({ data: await getServices().views.list(actor) })),
  route(createView, ({ actor, body, now }) => getServices().views.create(actor, body, now)),
);
