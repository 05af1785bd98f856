import { endpoint, plainRoute } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  plainRoute("POST", "/api/uploads", (request, now) => getServices().files.receive(request, now)),
);
