import { z } from "zod";

/** A setting that is missing or wrong. The message is one line for whoever starts the server. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

const flag = z
  .enum(["0", "1", "false", "true"])
  .optional()
  .transform((value) => value === "1" || value === "true");

const settingsSchema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }),
  DATABASE_POOL: z.coerce
    .number({ error: "must be a number of connections" })
    .int()
    .min(1)
    .max(500)
    .default(16),
  ROLLCALL_SECRET: z.string({ error: "must be set" }).min(32, { error: "must have at least 32 characters" }),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be the http(s):// address that browsers use" }),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  ROLLCALL_CHECK_RESPONSES: flag,
});

/** The settings of this process, read from the environment once. */
export interface Settings {
  mode: "development" | "production" | "test";
  /** Address of the PostgreSQL database. */
  databaseUrl: string;
  /** Connections this process may open. */
  databasePool: number;
  /** What every key of the product is derived from. At least 32 characters. */
  secret: string;
  /** Origin under which browsers and clients reach the product, without a slash at the end. */
  publicUrl: string;
  logLevel: string;
  /** Checks each answer against its declared schema before it is sent. */
  checkResponses: boolean;
}

/**
 * Parses the environment. Throws `SettingsError` with every wrong setting in one line.
 */
export function parseSettings(environment: Record<string, string | undefined>): Settings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = settingsSchema.safeParse(present);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new SettingsError(`The settings in the environment are not right: ${problems.join("; ")}.`);
  }
  const values = parsed.data;
  if (new Set(values.ROLLCALL_SECRET).size < 8)
    throw new SettingsError(
      "The settings in the environment are not right: ROLLCALL_SECRET is too easy to guess; use a random one.",
    );
  return {
    mode: values.NODE_ENV,
    databaseUrl: values.DATABASE_URL,
    databasePool: values.DATABASE_POOL,
    secret: values.ROLLCALL_SECRET,
    publicUrl: new URL(values.PUBLIC_URL).origin,
    logLevel: values.LOG_LEVEL,
    checkResponses: values.ROLLCALL_CHECK_RESPONSES,
  };
}

let settings: Settings | undefined;

/** The settings of this process. Throws `SettingsError` when they are wrong. */
export function getSettings(): Settings {
  settings ??= parseSettings(process.env);
  return settings;
}
