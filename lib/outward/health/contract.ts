import { z } from "zod";
import { anyone, operation, response } from "@/lib/platform/http/operation";

export const getHealth = operation({
  id: "getHealth",
  method: "GET",
  path: "/api/health",
  tag: "Operation",
  summary: "Check the product and its database",
  access: anyone,
  unlimited: true,
  params: z.object({}),
  success: response.ok("The database responds.", z.strictObject({ status: z.literal("ok") })),
  errors: ["Unavailable"],
});

export const getLiveness = operation({
  id: "getLiveness",
  method: "GET",
  path: "/api/live",
  tag: "Operation",
  summary: "Check that the process runs (liveness)",
  description: "Doesn't use the database. Restart a server that doesn't respond here.",
  access: anyone,
  unlimited: true,
  params: z.object({}),
  success: response.ok("The process responds.", z.strictObject({ status: z.literal("ok") })),
});

const checks = z.strictObject({
  database: z.enum(["ok", "unreachable", "readOnly"]).meta({
    description: "`readOnly`: the database responds, but rejects changes.",
  }),
  migrations: z.enum(["ok", "pending", "unknown"]).meta({
    description: "Whether the database has all migrations of this version. `unknown` if it doesn't respond.",
  }),
  disk: z.enum(["ok", "full", "notWritable", "remote"]).meta({
    description: "The folder for uploads. `remote` if uploads are in a separate store, which is not checked.",
  }),
  jobs: z.strictObject({
    dispatcherLag: z.number().nullable().meta({
      description:
        "Seconds that the oldest stored email has waited to become a job. `null` if it is unknown.",
    }),
    oldestDueJob: z.number().nullable().meta({
      description: "Seconds that the oldest due job has waited. `null` if it is unknown.",
    }),
    warning: z.string().optional().meta({
      description: "Present if background jobs don't run, or are more than a minute late.",
    }),
  }),
  zoneData: z.strictObject({
    release: z.string().meta({ description: "Release of the IANA time zone database.", example: "2026f" }),
    warning: z
      .string()
      .optional()
      .meta({ description: "Present if the time zone data is more than a year old." }),
  }),
});

export const getReadiness = operation({
  id: "getReadiness",
  method: "GET",
  path: "/api/ready",
  tag: "Operation",
  summary: "Check that the server can handle requests (readiness)",
  description:
    "Uses its own database connection, at most once per second. Send no requests to a server that is not ready.",
  access: anyone,
  unlimited: true,
  params: z.object({}),
  success: {
    status: 200,
    description: "All checks passed. A warning about background jobs or time zone data is not a failure.",
    body: z.strictObject({ status: z.enum(["ok", "unavailable"]), checks }),
    unready: "Not ready. `checks` shows what failed.",
  },
});
