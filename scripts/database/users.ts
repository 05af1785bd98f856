import { mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, Problem } from "../problem";
import { isAlive } from "./processes";

/** Runs `work` while holding a lock file. Takes over a lock whose owner has died. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const patience = Date.now() + 120_000;
  for (;;) {
    try {
      const handle = await open(file, "wx", 0o600);
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    // An empty file may be about to be written; waits before treating it as abandoned.
    if (holder === 0) await sleep(200);
    const same = Number(await readFile(file, "utf8").catch(() => "-1")) === holder;
    if (same && (holder === process.pid || !(holder > 0 && (await isAlive(holder))))) {
      await rm(file, { force: true });
      continue;
    }
    if (Date.now() > patience) {
      throw new Problem(
        `Process ${holder} has held the database lock for 2 minutes (${file}). Stop it first.`,
      );
    }
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** The processes that use an embedded database. Only the last one stops it. */
export class Users {
  constructor(private readonly folder: string) {}

  async add(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.folder, String(process.pid)), "");
  }

  async remove(): Promise<void> {
    await rm(join(this.folder, String(process.pid)), { force: true });
  }

  /** Removes all entries. Call if the database was not running, since they are stale then. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Returns the ids of other processes that use the database. */
  async others(): Promise<number[]> {
    const names = await readdir(this.folder).catch(() => []);
    const pids = names.map(Number).filter((pid) => pid > 0 && pid !== process.pid);
    const alive = await Promise.all(pids.map(isAlive));
    return pids.filter((_, index) => alive[index]);
  }
}
