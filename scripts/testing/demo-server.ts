import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Demo, ensureDemo } from "../demo";
import type { Lifetime } from "../lifetime";
import { projectDir } from "../paths";
import { freePort } from "../ports";
import { Problem } from "../problem";
import { ensureBuilt, ensureGenerated, type Product } from "../project/prepare";
import { startServer } from "../server/server";
import type { TestServer } from "./test-server";

/** A production server on a fresh database with demo data. */
export interface DemoServer {
  url: string;
  pid: number;
  /** Settings for another process on the same database. */
  env: { DATABASE_URL: string; ROLLCALL_SECRET: string };
  /** Sign-in data, and the file that contains it. */
  demo: Demo;
  demoFile: string;
  stop(): Promise<void>;
  /** Saves the server's output and returns its path in the project. */
  keepLog(): Promise<string>;
}

/** Returns a random secret. */
export const newSecret = () => randomBytes(32).toString("base64url");

/** A template database with demo data, copied for each server, and its secrets. */
interface Seeded {
  template: string;
  secret: string;
  demo: Demo;
  demoFile: string;
}

const templates = new WeakMap<TestServer, Map<string, Promise<Seeded>>>();

/** Returns the demo data on this server; filled once for each list of preloaded modules. */
function seeded(
  databases: TestServer,
  lifetime: Lifetime,
  preload: readonly string[],
  say: (line: string) => void,
): Promise<Seeded> {
  const known = templates.get(databases) ?? new Map<string, Promise<Seeded>>();
  templates.set(databases, known);
  const key = preload.join("\n");
  const made = known.get(key) ?? fill(databases, lifetime, preload, say);
  known.set(key, made);
  return made;
}

async function fill(
  databases: TestServer,
  lifetime: Lifetime,
  preload: readonly string[],
  say: (line: string) => void,
): Promise<Seeded> {
  const template = await databases.createDatabase();
  const secret = newSecret();
  const demoFile = join(await temporaryFolder(lifetime), "demo.json");
  const { signal } = lifetime;
  const demo = await ensureDemo({ url: template, secret, file: demoFile, say, preload, signal });
  lifetime.check();
  if (!demo) throw new Problem("The demo data does not say how to sign in.");
  return { template, secret, demo, demoFile };
}

async function temporaryFolder(lifetime: Lifetime): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-demo-"));
  lifetime.onEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Builds the product if needed, fills a new database with demo data, and serves it until the end of the
 * lifetime.
 */
export async function startDemoServer(
  databases: TestServer,
  lifetime: Lifetime,
  options: {
    product?: Product;
    /** Server settings in addition to its address and database. */
    env: Record<string, string>;
    /** Returns settings that depend on the database's URL. */
    through?: (url: string) => Promise<Record<string, string>>;
    /** Defaults to a free port. */
    port?: number | undefined;
    /** Modules that the seed and the server import first. */
    preload?: readonly string[];
    say?: (line: string) => void;
  },
): Promise<DemoServer> {
  const { signal } = lifetime;
  const product = options.product ?? "pages";
  const say = options.say ?? (() => undefined);
  await ensureGenerated(say, signal);
  await ensureBuilt(product, say, signal);
  lifetime.check();
  const preload = options.preload ?? [];
  const { template, secret, demo, demoFile } = await seeded(databases, lifetime, preload, say);
  lifetime.check();
  const url = await databases.copyDatabase(template);
  const folder = await temporaryFolder(lifetime);

  const port = options.port ?? (await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const env = { DATABASE_URL: url, ROLLCALL_SECRET: secret };
  const through = await options.through?.(url);
  let log = "";
  const started = startServer({
    product,
    host: "127.0.0.1",
    port,
    env: {
      ...env,
      MEDIA_DIR: join(folder, "media"),
      NODE_ENV: "production",
      PUBLIC_URL: origin,
      NEXTAUTH_URL: origin,
      ...options.env,
      ...through,
    },
    preload,
    onOutput: (text) => {
      log += text;
    },
    signal,
  });
  const server = await started.catch((error) => {
    throw new Error(`${log}\n${error instanceof Error ? error.message : error}`);
  });
  lifetime.onEnd(server.stop, server.kill);
  return {
    url: server.url,
    pid: server.pid,
    env,
    demo,
    demoFile,
    stop: server.stop,
    keepLog: async () => {
      const file = join("test-results", "server.log");
      await mkdir(dirname(join(projectDir, file)), { recursive: true });
      await writeFile(join(projectDir, file), log);
      return file;
    },
  };
}
