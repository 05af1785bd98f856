import { getDemo, patchDemo } from "@/lib/outward/demo/contract";
import type { DemoService } from "@/lib/outward/demo/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ demo: DemoService }>();

export const demoRoutes = [
  route(getDemo, async ({ actor }, { demo }) => ({ data: await demo.get(actor) })),
  route(patchDemo, async ({ actor, body }, { demo }) => ({ data: await demo.change(actor, body) })),
];
