import { startEmbedded } from "./database/embedded";
import { migrate } from "./database/migrate";
import { checkAddresses } from "./database/pooler";
import type { Lifetime } from "./lifetime";
import { ensureGenerated } from "./project/prepare";
import { keptSecret } from "./secret";
import { readSettings } from "./settings";

/**
 * Opens the product's services for a command, on the migrated database of `npm start`. Closes them at the end
 * of the lifetime. Sends no email, because a command ends before delivery. Throws `Problem` as `npm start`
 * does.
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
    // A short-lived command needs no pooler.
    url = await checkAddresses({ ...settings, databaseUrl: url });
  }
  await migrate(url);
  // Imported late, because they need the database client, which may have just been generated.
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
