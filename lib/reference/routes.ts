import { route } from "@/lib/http/route";
import { getOpenApi } from "@/lib/reference/contract";

export const referenceRoutes = [
  route(getOpenApi, async (_, { settings }) => {
    // Only whoever asks for the document pays for what writes it.
    const { openApiDocument } = await import("@/lib/reference/service");
    return { data: { ...openApiDocument(settings.publicUrl) } };
  }),
];
