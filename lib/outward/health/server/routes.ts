import { getHealth, getLiveness, getReadiness } from "@/lib/outward/health/contract";
import type { HealthService } from "@/lib/outward/health/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ health: HealthService }>();

export const healthRoutes = [
  route(getHealth, async (_, { health }) => ({ data: await health.check() })),
  route(getLiveness, async () => ({ data: { status: "ok" as const } })),
  route(getReadiness, async ({ now }, { health }) => {
    const data = await health.readiness(now);
    return data.status === "ok" ? { data } : { data, retryAfter: 5 };
  }),
];
