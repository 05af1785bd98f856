import { startEmbedded } from "../database/embedded";
import { migrate } from "../database/migrate";
import { Lifetime } from "../lifetime";
import { ensureGenerated } from "../project/prepare";
import { keptSecret } from "../secret";
import { readSettings } from "../settings";

/** `npm run keys:rotate`: tokens are signed with a new key from now on; those that are out stay good. */
export async function rotateKeys(): Promise<void> {
  const settings = readSettings(process.env);
  await Lifetime.of(async (lifetime) => {
    await ensureGenerated(console.log, lifetime.signal);
    let url = settings.databaseUrl;
    if (url === undefined) {
      const database = await startEmbedded({ say: console.log });
      lifetime.onEnd(database.stop);
      url = database.url;
    }
    await migrate(url);
    // Only now: the product needs the database client, which a fresh clone has just been given.
    const [{ systemClock }, { parseSettings }, { createServices }] = await Promise.all([
      import("@/lib/clock"),
      import("@/lib/env"),
      import("@/lib/services"),
    ]);
    const services = createServices(
      parseSettings({
        ...process.env,
        DATABASE_URL: url,
        ROLLCALL_SECRET: settings.secret ?? (await keptSecret()),
        PUBLIC_URL: settings.publicUrl,
      }),
      systemClock,
    );
    lifetime.onEnd(() => services.db.close());
    const { id } = await services.auth.rotateSigningKey(services.clock.now());
    console.log(
      `Tokens are signed with key ${id} within a minute. The one before stays published until its last token has ended.`,
    );
  });
}
