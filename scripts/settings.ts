import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { readS3 } from "../lib/env";
import { parseDatabaseUrl } from "./database/connection";
import { stateDir } from "./paths";
import { Problem } from "./problem";

/** Settings from the environment. No other code in `scripts/` reads them. */
export interface Settings {
  host: string;
  port: number;
  /** URL of an external PostgreSQL; undefined for the embedded one. */
  databaseUrl: string | undefined;
  /** How to reach that database; see `Addresses`. */
  pooled: boolean;
  directUrl: string | undefined;
  /** Statement timeout in seconds. */
  statementTimeout: number;
  secret: string | undefined;
  /** Public base URL. */
  publicUrl: string;
  /** Folder for uploads that are stored on disk. */
  mediaDir: string;
  /** Number of server processes. */
  workers: number;
  /** Maximum client connections of all workers together. */
  maxConnections: number;
  allowDemoOnNetwork: boolean;
  /** Whether the agents of the demo data are simulated. */
  demoLive: boolean;
  /** Warnings about settings that work but may be wrong. */
  warnings: string[];
}

/** Reads all settings. Throws `Problem` for an invalid one. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const host = env.HOST || "127.0.0.1";
  const port = Number(env.PORT || 3000);
  const settings: Settings = {
    host,
    port,
    databaseUrl: readDatabaseUrl(env),
    ...readPooler(env),
    statementTimeout: readStatementTimeout(env),
    secret: env.ROLLCALL_SECRET || undefined,
    publicUrl: publicUrl(env.PUBLIC_URL || `http://${host.includes(":") ? `[${host}]` : host}:${port}`),
    mediaDir: resolve(env.MEDIA_DIR || join(stateDir, "media")),
    workers: readWorkers(env),
    maxConnections: readMaxConnections(env),
    allowDemoOnNetwork: env.ROLLCALL_ALLOW_DEMO_ON_NETWORK === "yes",
    demoLive: env.ROLLCALL_DEMO_LIVE !== "no",
    warnings: warningsOf(host, env.TRUST_PROXY),
  };
  if (settings.databaseUrl !== undefined && settings.secret === undefined) {
    throw new Problem(
      "ROLLCALL_SECRET is not set. With your own database it must be at least 32 random characters, always the " +
        "same ones (openssl rand -base64 32).",
    );
  }
  const s3 = readS3(env);
  if (!s3.ok) throw new Problem(`Some S3 settings are not valid: ${s3.problems.join("; ")}.`);
  const weakness = settings.secret === undefined ? undefined : secretWeakness(settings.secret);
  if (weakness)
    throw new Problem(
      `ROLLCALL_SECRET ${weakness}. Use at least 32 random characters (openssl rand -base64 32).`,
    );
  return settings;
}

/** Minimum database connections per worker: one may wait for a lock while another works. */
const connectionsPerWorker = 2;

/** Throws `Problem` for an invalid number or too few connections. */
function readWorkers(env: Readonly<Record<string, string | undefined>>): number {
  const wanted = env.WORKERS || "1";
  const connections = Number(env.DATABASE_POOL || 16);
  const most = Math.max(1, Math.floor(connections / connectionsPerWorker));
  if (wanted === "auto") return Math.min(availableParallelism(), most);
  const workers = Number(wanted);
  if (!/^\d+$/.test(wanted) || workers < 1 || workers > 128)
    throw new Problem(`WORKERS is "${wanted}". It must be a number from 1 to 128, or auto.`);
  // The server itself rejects an invalid DATABASE_POOL.
  if (workers > 1 && workers > most)
    throw new Problem(
      `DATABASE_POOL is ${connections}, which is too low for ${workers} workers. Each needs at least ${connectionsPerWorker} connections.`,
    );
  return workers;
}

/** Throws `Problem` for an invalid number. */
function readMaxConnections(env: Readonly<Record<string, string | undefined>>): number {
  const wanted = env.MAX_CONNECTIONS || "2000";
  const connections = Number(wanted);
  if (!/^\d+$/.test(wanted) || connections < 10 || connections > 1_000_000)
    throw new Problem(`MAX_CONNECTIONS is "${wanted}". It must be a number from 10 to 1000000.`);
  return connections;
}

function warningsOf(host: string, trustProxy: string | undefined): string[] {
  if (!(Number(trustProxy || 0) > 0) || isLoopback(host)) return [];
  return [
    `TRUST_PROXY is ${trustProxy} and HOST is ${host}. Anyone who reaches this port without the proxy can fake the address in ` +
      "X-Forwarded-For and evade the rate limits. Use a firewall that allows only the proxy, or leave HOST unset.",
  ];
}

/** Returns the URL of the external database, if any. */
export function readDatabaseUrl(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const url = env.DATABASE_URL || undefined;
  if (url !== undefined) parseDatabaseUrl(url);
  return url;
}

/** Throws `Problem` for a pooler without a direct address. */
function readPooler(env: Readonly<Record<string, string | undefined>>): {
  pooled: boolean;
  directUrl: string | undefined;
} {
  const kind = env.DATABASE_POOLER || undefined;
  const directUrl = env.DATABASE_DIRECT_URL || undefined;
  if (directUrl !== undefined) parseDatabaseUrl(directUrl, "DATABASE_DIRECT_URL");
  if (kind === undefined) return { pooled: false, directUrl: undefined };
  if (kind !== "transaction")
    throw new Problem(`DATABASE_POOLER is "${kind}". It must be transaction, or unset without a pooler.`);
  if (!env.DATABASE_URL || directUrl === undefined)
    throw new Problem(
      "DATABASE_POOLER needs two addresses. Set DATABASE_URL to the pooler, and DATABASE_DIRECT_URL to PostgreSQL itself for " +
        "migrations and locks.",
    );
  return { pooled: true, directUrl };
}

/** Throws `Problem` unless it is a number of seconds. */
function readStatementTimeout(env: Readonly<Record<string, string | undefined>>): number {
  const text = env.DATABASE_STATEMENT_TIMEOUT || "15";
  if (!/^\d{1,4}$/.test(text))
    throw new Problem(
      `DATABASE_STATEMENT_TIMEOUT is "${text}". It must be a number of seconds, or 0 for no limit.`,
    );
  return Number(text);
}

/** Returns the settings of a test run: the server for test databases, or undefined for an embedded one. */
export function readTestSettings(env: Readonly<Record<string, string | undefined>>): {
  testDatabaseUrl: string | undefined;
} {
  const testDatabaseUrl = env.TEST_DATABASE_URL || undefined;
  if (testDatabaseUrl !== undefined) parseDatabaseUrl(testDatabaseUrl, "TEST_DATABASE_URL");
  return { testDatabaseUrl };
}

function publicUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Problem(`PUBLIC_URL is "${text}". It must look like https://rollcall.example.com`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new Problem(`PUBLIC_URL is "${text}". It must start with https:// or http://`);
  }
  if (url.username !== "" || url.password !== "")
    throw new Problem(`PUBLIC_URL must not contain a user name or password. Use ${url.origin}`);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new Problem(`PUBLIC_URL is "${text}". It must not have a path. Use ${url.origin}`);
  }
  return url.origin;
}

/** Returns why a secret is easy to guess, or undefined. Completes "ROLLCALL_SECRET …". */
export function secretWeakness(secret: string): string | undefined {
  if (secret.length < 32) return `is too short (${secret.length} characters)`;
  if (/^(.{1,16})\1+.{0,15}$/s.test(secret)) return "repeats itself";
  if (new Set(secret).size < 10) return "has too few different characters";
  if (
    /change.?me|your.?secret|secret.?key|password|example|default|replace|insecure|rollcall/i.test(secret)
  ) {
    return "looks like a placeholder";
  }
  if (/0123456789|abcdefghij/i.test(secret)) return "is a sequence";
  return undefined;
}

/** Returns whether a host is reachable only from this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
