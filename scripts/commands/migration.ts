import { relative } from "node:path";
import { startEmbedded } from "../database/embedded";
import { migrationSlug, writeMigration } from "../database/migrate";
import { Lifetime } from "../lifetime";
import { projectDir } from "../paths";
import { ensureGenerated } from "../project/prepare";

/** `npm run db:migration -- name`: writes a migration for the changes of the schema. */
export async function migration(words: string[]): Promise<void> {
  const name = migrationSlug(words.join(" "));
  await Lifetime.of(async (lifetime) => {
    const database = await startEmbedded({ say: console.log });
    lifetime.onEnd(database.stop);
    const folder = await writeMigration(database.url, name, new Date());
    if (folder === undefined) {
      console.log("The migrations already match the schema. No new migration is needed.");
      return;
    }
    await ensureGenerated(console.log, lifetime.signal);
    console.log(`Wrote ${relative(projectDir, folder)}. Review it. npm start and npm run dev apply it.`);
  });
}
