import { getOpenApi } from "@/lib/outward/reference/contract";
import { route } from "@/lib/platform/http/server/route";

export const referenceRoutes = [
  route(getOpenApi, async (_, { settings }) => {
    // Only whoever asks for the document pays for what writes it.
    const { openApiDocument } = await import("@/lib/outward/reference/server/service");
    return { data: { ...openApiDocument(settings.publicUrl) } };
  }),
];
