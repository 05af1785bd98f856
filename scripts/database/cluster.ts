import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { access, chmod, constants, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectDir } from "../paths";
import { codeOf, Problem } from "../problem";
import {
  type Binaries,
  canEnter,
  canRun,
  copyBinaries,
  findBinaries,
  giveTo,
  ownFolder,
  unprivilegedUser,
} from "./binaries";
import { farData, farFolder, moveAside } from "./far-folder";
import { type Identity, run } from "./processes";

/** The database role that owns everything. */
export const USER = "rollcall";
const MAJOR = "18";

/** PostgreSQL's programs and data. */
export interface Cluster {
  binaries: Binaries;
  dataDir: string;
  identity: Identity | undefined;
  /** Path prefix of the files next to the data (`….password`). */
  notes: string;
  durable: boolean;
  say: (line: string) => void;
}

/** Creates a folder if there is none. Throws `Problem` if this user can't write to it. */
export async function writableFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Problem(`Can't write to ${folder} (${codeOf(error)}). Make the folder writable for this user.`);
  }
}

/** Determines the paths of programs and data, and the user that runs PostgreSQL. */
export async function locate(
  notes: string,
  options: Pick<Partial<Cluster>, "durable" | "say">,
): Promise<Cluster> {
  const say = options.say ?? (() => undefined);
  const durable = options.durable ?? true;
  const found = await findBinaries();
  const cluster = {
    binaries: found,
    dataDir: notes,
    identity: undefined,
    notes,
    durable,
    say,
  };
  const isRoot = process.platform !== "win32" && process.getuid?.() === 0;
  if (!isRoot) {
    await refuseForeignData(notes);
    return cluster;
  }

  const owner = await stat(notes).catch(() => undefined);
  const identity = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await unprivilegedUser();
  const reachable = await canEnter(dirname(notes), identity);
  if (reachable && (await canRun(found, identity))) {
    if (owner?.uid === 0) await giveTo(identity, notes);
    return { ...cluster, identity };
  }

  // PostgreSQL does not run as root, and its user can't enter the project (for example in /root). Programs
  // and data go to a folder that it can enter.
  const home = await ownFolder(farFolder(projectDir));
  const dataDir = reachable ? notes : await farData(notes, home);
  if (!existsSync(dataDir) && durable) {
    say(`PostgreSQL can't run as root and has no access to ${projectDir}. It uses ${home} instead`);
  }
  const binaries = await copyBinaries(found, home);
  if (!(await canRun(binaries, identity))) {
    throw new Problem(
      `PostgreSQL can't run from ${binaries.root}. Run this as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return { ...cluster, binaries, dataDir, identity };
}

async function refuseForeignData(dataDir: string): Promise<void> {
  const found = await stat(dataDir).catch(() => undefined);
  if (found && process.getuid && found.uid !== process.getuid()) {
    throw new Problem(
      `${dataDir} belongs to another user (${found.uid}), who started Rollcall here before. Start it as root or as that ` +
        "user, or move the folder away.",
    );
  }
}

/** Returns the database password. Creates a random one the first time, readable only by its owner. */
export async function keptPassword(cluster: Cluster): Promise<string> {
  const file = `${cluster.notes}.password`;
  const kept = await readFile(file, "utf8").catch((error) => {
    if (codeOf(error) === "ENOENT") return "";
    throw new Problem(`Can't read ${file} (${codeOf(error)}). Make it readable for this user.`);
  });
  if (kept.trim() !== "") return kept.trim();
  const password = randomBytes(24).toString("base64url");
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/**
 * Creates the data folder if there is none. Uses a temporary name first, so that a crash leaves nothing that
 * looks like a database.
 */
export async function makeData(cluster: Cluster, password: string): Promise<void> {
  const { dataDir, identity, say } = cluster;
  const version = await readFile(join(dataDir, "PG_VERSION"), "utf8").catch(() => "");
  if (version.trim() === MAJOR && existsSync(join(dataDir, "global", "pg_control"))) return;
  if (version !== "" && version.trim() !== MAJOR) {
    throw new Problem(
      `${dataDir} is from PostgreSQL ${version.trim()}, but this is PostgreSQL ${MAJOR}. Move the folder away to start with an empty database.`,
    );
  }
  if (existsSync(dataDir)) {
    const aside = await moveAside(dataDir);
    if (aside) say(`${dataDir} was not a complete database. Moved it to ${aside}`);
  }

  say("Creating the database");
  const half = `${dataDir}.half-made`;
  const passwordFile = join(half, "password");
  const target = join(half, "data");
  await rm(half, { recursive: true, force: true });
  await mkdir(target, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (identity) {
    await giveTo(identity, half);
    await chmod(half, 0o700);
  }
  const made = await run(
    cluster.binaries.initdb,
    [
      `--pgdata=${target}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
      "--no-instructions",
      ...(cluster.durable ? [] : ["--no-sync"]),
    ],
    { identity, cwd: half, env: plainEnvironment() },
  );
  if (made.code !== 0) {
    await rm(half, { recursive: true, force: true });
    throw new Problem(
      `Creating the database in ${dataDir} failed: ${lastComplaint(made.stderr + made.stdout)}`,
    );
  }
  await rename(target, dataDir);
  await rm(half, { recursive: true, force: true });
}

/**
 * Removes PG… variables, which change PostgreSQL's settings, and the locale, so that it runs the same for
 * every user.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  for (const name of Object.keys(env)) {
    if (/^(PG|LC_|LANG)/i.test(name) && name !== "LC_ALL") delete env[name];
  }
  return env;
}

/** Returns the line of PostgreSQL's output with the reason. */
export function lastComplaint(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== "");
  const complaint =
    lines.filter((line) => /FATAL|PANIC|error:/.test(line)).pop() ?? lines.pop() ?? "no error output";
  return complaint.replace(/^.*?(FATAL|PANIC|error):\s*/, "").trim();
}
