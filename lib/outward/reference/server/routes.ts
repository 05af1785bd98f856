import { getOpenApi } from "@/lib/outward/reference/contract";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<unknown>();

export const referenceRoutes = [
  route(getOpenApi, async (_, { settings }) => {
    // Only whoever asks for the document pays for what writes it.
    const { openApiDocument } = await import("@/lib/outward/reference/server/service");
    return { data: { ...openApiDocument(settings.publicUrl) } };
  }),
];
