import { z } from "zod";
import { anyone, operation } from "@/lib/platform/http/operation";

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

export const getLiveness = operation({
  id: "getLiveness",
  method: "GET",
  path: "/api/live",
  tag: "Operation",
  summary: "Whether the process answers",
  description: "Asks nothing of the database: a server that does not answer here is to be started again.",
  access: anyone,
  unlimited: true,
  params: z.object({}),
  success: {
    status: 200,
    description: "The process answers.",
    body: z.strictObject({ status: z.literal("ok") }),
  },
  errors: [],
});

const checks = z.strictObject({
  database: z.enum(["ok", "unreachable", "readOnly"]).meta({
    description: "`readOnly`: it answers, but takes no changes.",
  }),
  migrations: z.enum(["ok", "pending", "unknown"]).meta({
    description:
      "Whether the database has had all migrations of this version; `unknown` when it does not answer.",
  }),
  disk: z.enum(["ok", "full", "notWritable", "remote"]).meta({
    description:
      "The folder of uploads; `remote` where they are kept in a store elsewhere, which is not asked.",
  }),
  zoneData: z.strictObject({
    release: z.string().meta({ description: "Of the IANA time zone database.", example: "2026f" }),
    warning: z.string().optional().meta({ description: "There when the zone data is over a year old." }),
  }),
});

export const getReadiness = operation({
  id: "getReadiness",
  method: "GET",
  path: "/api/ready",
  tag: "Operation",
  summary: "Whether everything is there that requests need",
  description:
    "Looks over a connection of its own, at most once a second. A server that is not ready is to get no requests until it is.",
  access: anyone,
  unlimited: true,
  params: z.object({}),
  success: {
    status: 200,
    description: "All checks are passed; a warning about zone data is no failure.",
    body: z.strictObject({ status: z.enum(["ok", "unavailable"]), checks }),
    unready: "Not ready: `checks` says what is missing.",
  },
  errors: [],
});
