import { getHealth } from "@/lib/health/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getHealth, async () => ({ data: await getServices().health.check() })),
);
