import { getHealth, getLiveness, getReadiness } from "@/lib/outward/health/contract";
import { route } from "@/lib/platform/http/server/route";

export const healthRoutes = [
  route(getHealth, async (_, { health }) => ({ data: await health.check() })),
  route(getLiveness, async () => ({ data: { status: "ok" as const } })),
  route(getReadiness, async ({ now }, { health }) => {
    const data = await health.readiness(now);
    return data.status === "ok" ? { data } : { data, retryAfter: 5 };
  }),
];
