import { endpoint, plainRoute } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  plainRoute("GET", "/api/files/{key}", (request, now) => getServices().files.send(request, now)),
);
