import { z } from "zod";
import { anyone, operation } from "@/lib/http/operation";

export const getHealth = operation({
  id: "getHealth",
  method: "GET",
  path: "/api/health",
  tag: "Operation",
  summary: "Whether the product and its database answer",
  access: anyone,
  unlimited: true,
  params: z.object({}),
  success: {
    status: 200,
    description: "The database answers.",
    body: z.strictObject({ status: z.literal("ok") }),
  },
  errors: ["Unavailable"],
});
