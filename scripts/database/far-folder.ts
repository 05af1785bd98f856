import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A short name for a path that no other path has. */
function shortName(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 12);
}

/** The folder outside the project where root's PostgreSQL works when it can't get into the project. */
export function farFolder(projectDir: string): string {
  return join("/var/tmp", `rollcall-${shortName(projectDir)}`);
}

/**
 * The data folder in there. The project notes which one is its own, so that the data moves along when the project is
 * moved, and a copy of the project doesn't share it.
 *
 * @param notes the path in front of the names of the files that belong to the data
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
  // The project doesn't know of this one: it's of a project that was here before and is gone.
  await moveAside(dataDir);
  await writeFile(`${dataDir}.project`, `${notes}\n`);
  await writeFile(noteFile, `${dataDir}\n`);
  return dataDir;
}

/**
 * Renames a folder to `….aside`, in place of one put there before. Gives back the new name, or undefined when there
 * was nothing in it (it's removed) or no such folder.
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
