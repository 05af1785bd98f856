import { startEmbedded } from "./database/embedded";
import { migrate } from "./database/migrate";
import { checkAddresses } from "./database/pooler";
import type { Lifetime } from "./lifetime";
import { ensureGenerated } from "./project/prepare";
import { keptSecret } from "./secret";
import { readSettings } from "./settings";

/**
 * The product's services for one command, on the database that `npm start` uses, brought up to date. Closed at the end
 * of the lifetime. It sends no mail: a command is over before a mail is.
 *
 * @throws Problem, in one line, for what `npm start` would refuse, too
 */
export async function openProduct(lifetime: Lifetime) {
  const settings = readSettings(process.env);
  await ensureGenerated(console.log, lifetime.signal);
  let url = settings.databaseUrl;
  if (url === undefined) {
    const database = await startEmbedded({ say: console.log });
    lifetime.onEnd(database.stop);
    url = database.url;
  } else {
    // A command is one process and over soon: it needs no pooler.
    url = await checkAddresses({ ...settings, databaseUrl: url });
  }
  await migrate(url);
  // Only now: the product needs the database client, which a fresh clone has just been given.
  const [{ systemClock }, { parseSettings }, { createServices }] = await Promise.all([
    import("@/lib/platform/clock"),
    import("@/lib/env"),
    import("@/lib/services"),
  ]);
  const services = createServices(
    parseSettings({
      ...process.env,
      DATABASE_URL: url,
      DATABASE_POOLER: undefined,
      ROLLCALL_SECRET: settings.secret ?? (await keptSecret()),
      PUBLIC_URL: settings.publicUrl,
      SMTP_URL: undefined,
    }),
    systemClock,
  );
  lifetime.onEnd(() => services.db.close());
  return services;
}
