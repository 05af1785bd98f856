import { plainRoute } from "@/lib/platform/http/server/route";

/** Where the disk stands in for an S3 store; see endpoints.ts. */
export const fileRoutes = [
  plainRoute("POST", "/api/uploads", (request, now, { files }) => files.receive(request, now), {
    counted: true,
  }),
  plainRoute("GET", "/api/files/{key*}", (request, now, { files }) => files.send(request, now)),
];
