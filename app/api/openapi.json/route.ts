import { endpoint, route } from "@/lib/http/route";
import { getOpenApi } from "@/lib/reference/contract";
import { openApiDocument } from "@/lib/reference/service";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getOpenApi, async () => ({ data: { ...openApiDocument(getServices().settings.publicUrl) } })),
);
