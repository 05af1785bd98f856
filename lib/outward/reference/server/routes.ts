import { getOpenApi } from "@/lib/outward/reference/contract";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<unknown>();

export const referenceRoutes = [
  route(getOpenApi, async (_, { settings }) => {
    // Loaded on demand: only requests for the document need its generator.
    const { openApiDocument } = await import("@/lib/outward/reference/server/service");
    return { data: { ...openApiDocument(settings.publicUrl) } };
  }),
];
