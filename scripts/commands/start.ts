import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type EmbeddedDatabase, startEmbedded } from "../database/embedded";
import { migrate } from "../database/migrate";
import { checkAddresses, tellRole } from "../database/pooler";
import { isAlive } from "../database/processes";
import { type Demo, demoLines, ensureDemo, hasDemoAccounts } from "../demo";
import { Lifetime } from "../lifetime";
import { stateDir } from "../paths";
import { Problem } from "../problem";
import { ensureBuilt, ensureGenerated, type Product } from "../project/prepare";
import { keptSecret } from "../secret";
import { startServer } from "../server/server";
import { isLoopback, readSettings, type Settings } from "../settings";

const say = (line: string) => console.log(line);

/** `npm start`: runs the product in production, on the embedded database or on DATABASE_URL. */
export const start = (): Promise<void> => run("pages");

/** `npm run start:api`: the same without pages. */
export const startApi = (): Promise<void> => run("api");

async function run(product: Product): Promise<void> {
  const settings = readSettings(process.env);
  await Lifetime.of(async (lifetime) => {
    await ensureGenerated(say, lifetime.signal);
    // On the first start, fills the database while the build runs.
    const [{ env, demo }] = await Promise.all([
      openDatabase(settings, lifetime),
      ensureBuilt(product, say, lifetime.signal),
    ]);
    lifetime.check();

    const server = await startServer({
      product,
      host: settings.host,
      port: settings.port,
      env: {
        ...env,
        NODE_ENV: "production",
        WORKERS: String(settings.workers),
        MAX_CONNECTIONS: String(settings.maxConnections),
      },
      signal: lifetime.signal,
    });
    lifetime.onEnd(async () => {
      if (lifetime.wasAsked) say("\nStopping after the running requests have finished");
      await server.stop();
    }, server.kill);

    const seconds = (performance.now() / 1000).toFixed(1);
    const what = product === "api" ? "Rollcall's API" : "Rollcall";
    const by = settings.workers > 1 ? `, ${settings.workers} workers` : "";
    say(`\n${what} is ready at ${settings.publicUrl} (after ${seconds} s${by})`);
    if (demo) for (const line of demoLines(demo)) say(line);
    for (const warning of settings.warnings) say(`Warning: ${warning}`);
    say("Press Ctrl-C to stop it.\n");

    const code = await Promise.race([server.ended, lifetime.interruption]);
    throw new Problem(`The server stopped unexpectedly (code ${code}). See above.`);
  });
}

/**
 * Starts and migrates the database, with demo data if it is the embedded one, and closes it at the end of the
 * lifetime. Returns the server's environment and the demo's sign-in data.
 */
export async function openDatabase(
  settings: Settings,
  lifetime: Lifetime,
): Promise<{ env: Record<string, string>; demo: Demo | undefined }> {
  const embedded = settings.databaseUrl === undefined;
  const secret = settings.secret ?? (await keptSecret());
  const url = settings.databaseUrl ?? (await openEmbedded(lifetime));
  lifetime.check();
  const direct = embedded ? url : await checkAddresses({ ...settings, databaseUrl: url });
  const applied = await migrate(direct);
  if (applied.length > 0)
    say(`Applied ${applied.length === 1 ? applied[0] : `${applied.length} migrations`}`);
  if (settings.pooled) await tellRole({ ...settings, databaseUrl: url });
  lifetime.check();
  const demo = embedded
    ? await ensureDemo({ url, secret, file: join(stateDir, "demo.json"), say, signal: lifetime.signal })
    : undefined;
  lifetime.check();
  if (!isLoopback(settings.host) && !settings.allowDemoOnNetwork && (await hasDemoAccounts(direct))) {
    throw new Problem(
      `HOST is ${settings.host}, but the database has demo accounts with a public password. Leave HOST unset, use a ` +
        "database without them, or set ROLLCALL_ALLOW_DEMO_ON_NETWORK=yes.",
    );
  }
  const env = {
    DATABASE_URL: url,
    ROLLCALL_SECRET: secret,
    PUBLIC_URL: settings.publicUrl,
    NEXTAUTH_URL: settings.publicUrl,
    MEDIA_DIR: settings.mediaDir,
    ROLLCALL_DEMO_LIVE: demo && settings.demoLive ? "yes" : "no",
  };
  return { env, demo };
}

async function openEmbedded(lifetime: Lifetime): Promise<string> {
  let database = await startEmbedded({ say });
  lifetime.onEnd(() => database.stop());
  void keepAlive(database, lifetime, (again) => {
    database = again;
  });
  return database.url;
}

/** Restarts PostgreSQL on the same port if it dies. The server reconnects automatically. */
async function keepAlive(
  database: EmbeddedDatabase,
  lifetime: Lifetime,
  onRestart: (again: EmbeddedDatabase) => void,
): Promise<void> {
  let current = database;
  const quit = lifetime.signal;
  while (!quit.aborted) {
    await sleep(500, undefined, { signal: quit, ref: false }).catch(() => undefined);
    if (quit.aborted || (await isAlive(current.pid))) continue;
    say("PostgreSQL stopped unexpectedly. Restarting it");
    try {
      current = await startEmbedded({ say, port: current.port });
      onRestart(current);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      await sleep(5_000, undefined, { signal: quit, ref: false }).catch(() => undefined);
    }
  }
}
