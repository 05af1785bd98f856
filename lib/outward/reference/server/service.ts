import { operations } from "@/lib/outward/reference/operations";
import { createOpenApi } from "@/lib/platform/http/server/openapi";

let made: { publicUrl: string; document: ReturnType<typeof createOpenApi> } | undefined;

/** Returns the OpenAPI document for a base URL. Cached for the last one. */
export function openApiDocument(publicUrl: string): ReturnType<typeof createOpenApi> {
  if (made?.publicUrl !== publicUrl) made = { publicUrl, document: createOpenApi(operations, publicUrl) };
  return made.document;
}
