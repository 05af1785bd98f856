import { plainRoute, type Route } from "@/lib/platform/http/server/route";
import type { FileEndpoints } from "@/lib/platform/storage/server/endpoints";

/** Routes of the disk store; see endpoints.ts. */
export const fileRoutes: readonly Route<{ files: FileEndpoints }>[] = [
  plainRoute("POST", "/api/uploads", (request, now, { files }) => files.receive(request, now), {
    counted: true,
  }),
  plainRoute("GET", "/api/files/{key*}", (request, now, { files }) => files.send(request, now)),
];
