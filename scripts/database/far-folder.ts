import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Returns a short, unique name for a path. */
function shortName(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 12);
}

/** Returns the folder outside the project for a PostgreSQL run by root that can't enter the project. */
export function farFolder(projectDir: string): string {
  return join("/var/tmp", `rollcall-${shortName(projectDir)}`);
}

/**
 * Returns the database's folder in `home`. The project records it, so that the data stays when the project
 * moves, and a copy of the project does not share it. `notes` is the path prefix of the files that record it.
 */
export async function farData(notes: string, home: string): Promise<string> {
  const noteFile = `${notes}.location`;
  const noted = (await readFile(noteFile, "utf8").catch(() => "")).trim();
  if (noted !== "" && existsSync(noted)) {
    const owner = (await readFile(`${noted}.project`, "utf8").catch(() => "")).trim();
    if (owner === notes) return noted;
    if (!existsSync(`${owner}.location`)) {
      await writeFile(`${noted}.project`, `${notes}\n`);
      return noted;
    }
  }
  const dataDir = join(home, `postgres-${shortName(notes)}`);
  // Not recorded by this project: left over from a deleted project at the same path.
  await moveAside(dataDir);
  await writeFile(`${dataDir}.project`, `${notes}\n`);
  await writeFile(noteFile, `${dataDir}\n`);
  return dataDir;
}

/**
 * Renames a folder to `….aside`, replacing an earlier one, and returns the new name. Deletes an empty folder
 * and returns undefined.
 */
export async function moveAside(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return undefined;
  if (names.length === 0) {
    await rmdir(folder);
    return undefined;
  }
  const aside = `${folder}.aside`;
  await rm(aside, { recursive: true, force: true });
  await rename(folder, aside);
  return aside;
}
