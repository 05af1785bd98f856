import { getHealth } from "@/lib/health/contract";
import { route } from "@/lib/http/route";

export const healthRoutes = [route(getHealth, async (_, { health }) => ({ data: await health.check() }))];
