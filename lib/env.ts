import { resolve } from "node:path";
import { z } from "zod";

/** Thrown for missing or invalid settings. The message is one line for the operator. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

const flag = z
  .enum(["0", "1", "false", "true"])
  .optional()
  .transform((value) => value === "1" || value === "true");

/** URLs with credentials would leak in logs, and browsers and `fetch` reject them. */
const withoutPassword = (value: string) => !URL.canParse(value) || !/^[^/]+:\/\/[^/?#]*@/.test(value);
const passwordInIt = { error: "must not contain a user name or password" };

const webOrigin = z
  .url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
  .refine(withoutPassword, passwordInIt)
  .refine((value) => !URL.canParse(value) || /^[^/]+:\/\/[^/?#]+\/?$/.test(value), {
    error: "must not have a path, such as https://example.com",
  })
  .transform((value) => value.replace(/\/$/, ""));

/** S3 settings; all or none must be set. */
const s3Schema = z.object({
  S3_ENDPOINT: webOrigin,
  S3_REGION: z.string().regex(/^[a-z0-9-]+$/, { error: "must be a region name such as eu-central-1" }),
  S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    error: "must be a bucket name: 3 to 63 lowercase letters, digits, dots and hyphens",
  }),
  S3_ACCESS_KEY_ID: z.string(),
  S3_SECRET_ACCESS_KEY: z.string(),
  S3_PUBLIC_ENDPOINT: webOrigin.optional(),
});

const s3Names = Object.keys(s3Schema.shape);

const count = (usual: number) =>
  z.coerce
    .number({ error: "must be a whole number, 1 or more" })
    .int({ error: "must be a whole number, 1 or more" })
    .min(1, { error: "must be a whole number, 1 or more" })
    .default(usual);

const seconds = (usual: number, least: number, most: number) =>
  z.coerce
    .number({ error: `must be a whole number of seconds from ${least} to ${most}` })
    .int({ error: `must be a whole number of seconds from ${least} to ${most}` })
    .min(least, { error: `must be a whole number of seconds from ${least} to ${most}` })
    .max(most, { error: `must be a whole number of seconds from ${least} to ${most}` })
    .default(usual);

const settingsSchema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }),
  DATABASE_POOL: z.coerce
    .number({ error: "must be a whole number of connections from 1 to 500" })
    .int()
    .min(1)
    .max(500)
    .default(16),
  DATABASE_POOLER: z
    .literal("transaction", { error: "must be transaction, or unset without a pooler" })
    .optional(),
  DATABASE_DIRECT_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" })
    .optional(),
  DATABASE_STATEMENT_TIMEOUT: seconds(15, 0, 3600),
  DATABASE_PATIENCE: seconds(4, 1, 60),
  ROLLCALL_SECRET: z.string({ error: "must be set" }).min(32, { error: "must have at least 32 characters" }),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be the http:// or https:// address that browsers use" })
    .refine(withoutPassword, passwordInIt),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  ROLLCALL_CHECK_RESPONSES: flag,
  ROLLCALL_DEV_PAGES: flag,
  ROLLCALL_DEMO_LIVE: z.enum(["yes", "no"], { error: "must be yes or no" }).default("no"),
  ROLLCALL_WORKER: z
    .string()
    .regex(/^[1-9]\d*\/[1-9]\d*$/, { error: "is set by the server itself (such as 1/4). Leave it unset" })
    .default("1/1"),
  MEDIA_DIR: z.string().default(".data/media"),
  ZONE_DATA_FILE: z.string().default("node_modules/moment-timezone/data/packed/latest.json"),
  RATE_LIMIT_PER_MINUTE: count(12_000),
  RATE_LIMIT_ANONYMOUS_PER_MINUTE: count(3_000),
  SIGN_IN_FAILURES_PER_MINUTE: count(10),
  SIGN_IN_FAILURES_PER_ADDRESS_PER_MINUTE: count(100),
  AUDIT_KEEP_DAYS: count(400),
  CONVERSATIONS_KEEP_DAYS: z.coerce
    .number({ error: "must be a whole number of days, or 0 to keep them" })
    .int({ error: "must be a whole number of days, or 0 to keep them" })
    .min(0, { error: "must be a whole number of days, or 0 to keep them" })
    .max(36_500, { error: "must be a whole number of days, at most 36500" })
    .default(400),
  TRUST_PROXY: z.coerce
    .number({ error: "must be the number of proxies in front of the server, from 0 to 10" })
    .int({ error: "must be the number of proxies in front of the server, from 0 to 10" })
    .min(0, { error: "must be the number of proxies in front of the server, from 0 to 10" })
    .max(10, { error: "must be the number of proxies in front of the server, from 0 to 10" })
    .default(0),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/@/, { error: "must contain an email address, such as Rollcall <rollcall@example.com>" })
    .optional(),
  OIDC_ISSUER: z.string().optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_JWKS_URL: z
    .url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
    .refine(withoutPassword, passwordInIt)
    .optional(),
});

/** Where uploads are stored: a local folder, or a bucket of an S3-compatible store. */
export type MediaSettings =
  | { kind: "disk"; folder: string }
  | {
      kind: "s3";
      /** The store's origin for this process. */
      endpoint: string;
      /** The store's origin for browsers. */
      publicEndpoint: string;
      region: string;
      bucket: string;
      accessKeyId: string;
      secretAccessKey: string;
    };

type S3Reading =
  | { ok: true; settings: Extract<MediaSettings, { kind: "s3" }> | undefined }
  | { ok: false; problems: string[] };

/** Parses the S3 settings: undefined if none is set, or a list of problems. */
export function readS3(environment: Record<string, string | undefined>): S3Reading {
  const present = Object.fromEntries(
    s3Names.flatMap((name) => (environment[name] ? [[name, environment[name]] as const] : [])),
  );
  if (Object.keys(present).length === 0) return { ok: true, settings: undefined };
  const parsed = s3Schema.safeParse(present);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join(".");
      return name in present
        ? `${name} ${issue.message}`
        : `${name} must be set, too. Set all S3 settings or none`;
    });
    return { ok: false, problems };
  }
  const values = parsed.data;
  return {
    ok: true,
    settings: {
      kind: "s3",
      endpoint: values.S3_ENDPOINT,
      publicEndpoint: values.S3_PUBLIC_ENDPOINT ?? values.S3_ENDPOINT,
      region: values.S3_REGION,
      bucket: values.S3_BUCKET,
      accessKeyId: values.S3_ACCESS_KEY_ID,
      secretAccessKey: values.S3_SECRET_ACCESS_KEY,
    },
  };
}

/** The settings of this process. */
export interface Settings {
  mode: "development" | "production" | "test";
  databaseUrl: string;
  /** Maximum number of database connections of this process. */
  databasePool: number;
  /** Pooler and timeouts of the database. */
  databaseUse: {
    pooled: boolean;
    /** Connection string that bypasses the pooler. */
    directUrl: string | undefined;
    /** Statement timeout in seconds; 0 for none. */
    statementTimeout: number;
    /** Seconds without a byte from the host after which it counts as unresponsive. */
    patience: number;
  };
  /** The secret from which all keys are derived; at least 32 characters. */
  secret: string;
  /** The product's origin for browsers and clients, without a trailing slash. */
  publicUrl: string;
  logLevel: string;
  /** Whether to validate each response against its schema before sending. */
  checkResponses: boolean;
  /** Whether to serve the developer pages under /dev. */
  devPages: boolean;
  /** Whether the agents of the demo workspace are simulated. */
  demoLive: boolean;
  /** Number of this worker, and how many there are (scripts/server/workers.mjs). */
  worker: { number: number; of: number };
  media: MediaSettings;
  /** Folder with the migrations of this version. */
  migrationsFolder: string;
  /** File with zone data in moment-timezone's packed format. */
  zoneDataFile: string;
  /** Rate limits per minute. */
  limits: {
    /** Requests per actor. */
    actor: number;
    /** Requests without valid credentials per IP address. */
    address: number;
    /** Failed sign-ins per account and IP address. */
    signInFailures: number;
    /** Failed sign-ins per IP address. */
    addressSignInFailures: number;
  };
  /** Retention of audit events in days. */
  auditKeepDays: number;
  /** Retention of closed conversations in days; 0 means for ever. */
  conversationsKeepDays: number;
  /** Number of our own proxies; that many entries of X-Forwarded-For are trusted. */
  trustedProxies: number;
  /** Mail server; undefined: links are shown instead of sent. */
  mail: { url: string; from: string } | undefined;
  /** An identity provider whose tokens are accepted. */
  identityProvider: { issuer: string; audience: string; jwksUrl: string } | undefined;
}

/** Parses the environment. Throws `SettingsError` with all problems in one line. */
export function parseSettings(environment: Record<string, string | undefined>): Settings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = settingsSchema.safeParse(present);
  const s3 = readS3(present);
  if (!parsed.success || !s3.ok) {
    const issues = parsed.error?.issues ?? [];
    const problems = issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new SettingsError(
      `Some settings are not valid: ${[...problems, ...(s3.ok ? [] : s3.problems)].join("; ")}.`,
    );
  }
  const values = parsed.data;
  if (new Set(values.ROLLCALL_SECRET).size < 8)
    throw new SettingsError(
      "Some settings are not valid: ROLLCALL_SECRET is too easy to guess. Use a random one (openssl rand -base64 32).",
    );
  return {
    ...withOthers(values),
    mode: values.NODE_ENV,
    databaseUrl: values.DATABASE_URL,
    databasePool: values.DATABASE_POOL,
    databaseUse: {
      pooled: values.DATABASE_POOLER === "transaction",
      directUrl: values.DATABASE_DIRECT_URL,
      statementTimeout: values.DATABASE_STATEMENT_TIMEOUT,
      patience: values.DATABASE_PATIENCE,
    },
    secret: values.ROLLCALL_SECRET,
    publicUrl: new URL(values.PUBLIC_URL).origin,
    logLevel: values.LOG_LEVEL,
    checkResponses: values.ROLLCALL_CHECK_RESPONSES,
    auditKeepDays: values.AUDIT_KEEP_DAYS,
    conversationsKeepDays: values.CONVERSATIONS_KEEP_DAYS,
    demoLive: values.ROLLCALL_DEMO_LIVE === "yes",
    devPages: values.ROLLCALL_DEV_PAGES || values.NODE_ENV === "development",
    worker: {
      number: Number(values.ROLLCALL_WORKER.split("/")[0]),
      of: Number(values.ROLLCALL_WORKER.split("/")[1]),
    },
    zoneDataFile: resolve(values.ZONE_DATA_FILE),
    migrationsFolder: resolve("prisma/migrations"),
    media: s3.settings ?? { kind: "disk", folder: resolve(values.MEDIA_DIR) },
  };
}

function withOthers(
  values: z.output<typeof settingsSchema>,
): Pick<Settings, "limits" | "trustedProxies" | "mail" | "identityProvider"> {
  const { SMTP_URL, MAIL_FROM, OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URL } = values;
  if (SMTP_URL && !MAIL_FROM)
    throw new SettingsError(
      "Some settings are not valid: SMTP_URL is set without MAIL_FROM. Set MAIL_FROM to the sender's address.",
    );
  if (values.DATABASE_POOLER && !values.DATABASE_DIRECT_URL)
    throw new SettingsError(
      "Some settings are not valid: DATABASE_POOLER is set without DATABASE_DIRECT_URL. Set it to the address of PostgreSQL itself.",
    );
  const provider = [OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URL].filter((value) => value !== undefined);
  if (provider.length !== 0 && provider.length !== 3)
    throw new SettingsError(
      "Some settings are not valid: set OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URL together, or none of them.",
    );
  return {
    limits: {
      actor: values.RATE_LIMIT_PER_MINUTE,
      address: values.RATE_LIMIT_ANONYMOUS_PER_MINUTE,
      signInFailures: values.SIGN_IN_FAILURES_PER_MINUTE,
      addressSignInFailures: values.SIGN_IN_FAILURES_PER_ADDRESS_PER_MINUTE,
    },
    trustedProxies: values.TRUST_PROXY,
    mail: SMTP_URL && MAIL_FROM ? { url: SMTP_URL, from: MAIL_FROM } : undefined,
    identityProvider:
      OIDC_ISSUER && OIDC_AUDIENCE && OIDC_JWKS_URL
        ? { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, jwksUrl: OIDC_JWKS_URL }
        : undefined,
  };
}

let settings: Settings | undefined;

/** Returns the settings of this process. Throws `SettingsError`. */
export function getSettings(): Settings {
  settings ??= parseSettings(process.env);
  return settings;
}
