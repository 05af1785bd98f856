import type { Operation } from "@/lib/platform/http/operation";
import { createOpenApi } from "@/lib/platform/http/server/openapi";

let made: { publicUrl: string; document: ReturnType<typeof createOpenApi> } | undefined;

/** Returns the OpenAPI document of the operations for a base URL. Cached for the last one. */
export function openApiDocument(
  operations: readonly Operation[],
  publicUrl: string,
): ReturnType<typeof createOpenApi> {
  if (made?.publicUrl !== publicUrl) made = { publicUrl, document: createOpenApi(operations, publicUrl) };
  return made.document;
}
