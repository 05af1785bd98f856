import { getOpenApi } from "@/lib/outward/reference/contract";
import type { Operation } from "@/lib/platform/http/operation";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<unknown>();

/** Returns the route of the OpenAPI document. `operations` is called per request. */
export const referenceRoutes = (operations: () => readonly Operation[]) => [
  route(getOpenApi, async (_, { settings }) => {
    // Loaded on demand: only requests for the document need its generator.
    const { openApiDocument } = await import("@/lib/outward/reference/server/service");
    return { data: { ...openApiDocument(operations(), settings.publicUrl) } };
  }),
];
