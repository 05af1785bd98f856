import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  access,
  chmod,
  constants,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { projectDir, stateDir } from "../paths";
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
import { commandLine, type Identity, isAlive, run, waitUntil } from "./processes";
import { Users, withLock } from "./users";

const USER = "rollcall";
const HOST = "127.0.0.1";
const MAJOR = "18";

export interface EmbeddedOptions {
  /** Data folder; its password, port and lock files are next to it. Default: `.data/postgres`. */
  dataDir?: string;
  /** Default: the previous port, or a free one. */
  port?: number;
  /** Database to create and to name in `url`. Default: `rollcall`. */
  database?: string;
  /** False for disposable clusters: no fsync, so a crash may lose everything. */
  durable?: boolean;
  /** Reports slow steps and repairs, one line each. */
  say?: (line: string) => void;
}

export interface EmbeddedDatabase {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** Connection string with all of the above. */
  url: string;
  /** Process id of PostgreSQL. */
  pid: number;
  /** Whether a running PostgreSQL was adopted. */
  reused: boolean;
  /** Stops PostgreSQL, unless another process of the product uses it. */
  stop(): Promise<void>;
  /** Returns the product's other processes that use it. */
  otherUsers(): Promise<number[]>;
}

/** State shared by the steps of a start. */
interface Cluster {
  binaries: Binaries;
  dataDir: string;
  identity: Identity | undefined;
  /** Path prefix of the files next to the data (`….password`). */
  notes: string;
  durable: boolean;
  say: (line: string) => void;
}

/**
 * Starts the embedded PostgreSQL and creates its data if there is none. Adopts one that is already running on
 * this data and repairs what a crash can leave: partial data, a stale `postmaster.pid`, a hung PostgreSQL, a
 * lost password. Throws `Problem` with a remedy otherwise.
 */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const notes = options.dataDir ?? join(stateDir, "postgres");
  const database = options.database ?? "rollcall";
  await writableFolder(dirname(notes));
  const users = new Users(`${notes}.users`);

  return withLock(`${notes}.lock`, async () => {
    const cluster = await locate(notes, options);
    const password = await keptPassword(cluster);
    let running = await takeOver(cluster, password, options.port, users);
    const reused = running !== undefined;
    if (!running) {
      await users.clear();
      await makeData(cluster, password);
      running = await launch(cluster, password, options.port);
    }
    await makeDatabase(running.port, password, database);
    await users.add();
    const { port, pid } = running;
    return {
      host: HOST,
      port,
      user: USER,
      password,
      database,
      url: `postgresql://${USER}:${password}@${HOST}:${port}/${database}`,
      pid,
      reused,
      otherUsers: () => users.others(),
      stop: () =>
        withLock(`${notes}.lock`, async () => {
          await users.remove();
          if ((await users.others()).length === 0) await shutDown(cluster, pid);
        }),
    };
  });
}

async function writableFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Problem(`Can't write to ${folder} (${codeOf(error)}). Make the folder writable for this user.`);
  }
}

/** Determines the paths of programs and data, and the user that runs PostgreSQL. */
async function locate(notes: string, options: EmbeddedOptions): Promise<Cluster> {
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
async function keptPassword(cluster: Cluster): Promise<string> {
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

interface Postmaster {
  pid: number;
  port: number;
}

/** Reads PostgreSQL's own record of the process on this data. */
async function notedPostmaster(dataDir: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port } : undefined;
}

/**
 * Returns the PostgreSQL that runs on this data and accepts our password. Stops one that does not respond and
 * removes a `postmaster.pid` without a process.
 */
async function takeOver(
  cluster: Cluster,
  password: string,
  wantedPort: number | undefined,
  users: Users,
): Promise<Postmaster | undefined> {
  const noted = await notedPostmaster(cluster.dataDir);
  if (!noted) return undefined;
  if (!(await isPostmasterOf(noted.pid, cluster.dataDir))) {
    // An unrelated process with the same id would keep PostgreSQL from starting.
    await rm(join(cluster.dataDir, "postmaster.pid"), { force: true });
    return undefined;
  }
  const answers = await waitUntil(async () => {
    const state = await probe(noted.port, password, "postgres", cluster.dataDir);
    if (state === "starting" && (await isAlive(noted.pid))) return false;
    return state !== "starting";
  }, 30_000);
  const ours = answers && (await probe(noted.port, password, "postgres", cluster.dataDir)) === "ours";
  const portFits = wantedPort === undefined || wantedPort === noted.port;
  if (ours && portFits) return noted;

  const others = ours ? await users.others() : [];
  if (others.length > 0) {
    throw new Problem(
      `PostgreSQL is running on port ${noted.port} for process ${others.join(", ")}. Stop that process first.`,
    );
  }
  cluster.say(`Stopping PostgreSQL, left running by an earlier start (process ${noted.pid})`);
  await shutDown(cluster, noted.pid);
  return undefined;
}

async function isPostmasterOf(pid: number, dataDir: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const line = await commandLine(pid);
  if (process.platform === "win32") return /postgres/i.test(line);
  return /postgres/.test(line) && line.includes(dataDir);
}

/** Checks what listens on a port: our database, something else, or a database that is starting. */
async function probe(
  port: number,
  password: string,
  database: string,
  dataDir: string,
): Promise<"ours" | "other" | "starting"> {
  const client = connection(port, password, database);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    );
    const same = (await realpath(rows[0]?.folder ?? "").catch(() => "")) === (await realpath(dataDir));
    return same ? "ours" : "other";
  } catch (error) {
    // 57P03: starting up or shutting down. ECONNREFUSED: not listening yet.
    return ["57P03", "ECONNREFUSED", "ECONNRESET"].includes(codeOf(error)) ? "starting" : "other";
  } finally {
    await client.end().catch(() => undefined);
  }
}

function connection(port: number, password: string, database: string): pg.Client {
  const client = new pg.Client({
    host: HOST,
    port,
    user: USER,
    password,
    database,
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined);
  return client;
}

/**
 * Creates the data folder if there is none. Uses a temporary name first, so that a crash leaves nothing that
 * looks like a database.
 */
async function makeData(cluster: Cluster, password: string): Promise<void> {
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
function plainEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  for (const name of Object.keys(env)) {
    if (/^(PG|LC_|LANG)/i.test(name) && name !== "LC_ALL") delete env[name];
  }
  return env;
}

async function launch(
  cluster: Cluster,
  password: string,
  wantedPort: number | undefined,
): Promise<Postmaster> {
  const { dataDir, notes, identity, say } = cluster;
  const portFile = `${notes}.port`;
  const preferred = wantedPort ?? Number(await readFile(portFile, "utf8").catch(() => ""));
  const log = join(dataDir, "server.log");
  let port =
    preferred > 0 && (wantedPort !== undefined || (await isFree(preferred))) ? preferred : await freePort();
  let passwordReset = false;

  const patience = Date.now() + 60_000;
  for (;;) {
    await rm(log, { force: true });
    const started = await run(
      cluster.binaries.pgCtl,
      [
        "start",
        "--pgdata",
        dataDir,
        "--log",
        log,
        "--wait",
        "--timeout=60",
        "--options",
        serverOptions(cluster, port),
      ],
      { identity, cwd: dataDir, env: plainEnvironment() },
    );
    const said = await readFile(log, "utf8").catch(() => "");
    if (started.code === 0) {
      const noted = await notedPostmaster(dataDir);
      const state = await probe(port, password, "postgres", dataDir);
      if (noted && state === "ours") {
        await writeFile(portFile, `${port}\n`);
        return noted;
      }
      await shutDown(cluster, noted?.pid);
      if (passwordReset)
        throw new Problem(`PostgreSQL on ${dataDir} doesn't respond as expected. See ${log}.`);
      say("The database password differs from the stored one. Resetting it");
      await resetPassword(cluster, password);
      passwordReset = true;
      continue;
    }
    const retry = Date.now() < patience;
    if (/could not bind|Address already in use/.test(said) && wantedPort === undefined && retry) {
      port = await freePort();
      continue;
    }
    // Processes of a killed PostgreSQL live on briefly and hold its shared memory.
    if (/shared memory block .* still in use|lock file .* already exists/.test(said) && retry) {
      await sleep(250);
      continue;
    }
    const reason = lastComplaint(said || started.stderr || started.stdout);
    throw new Problem(`PostgreSQL did not start on ${dataDir}: ${reason}`);
  }
}

function serverOptions(cluster: Cluster, port: number): string {
  const settings = {
    port,
    listen_addresses: HOST,
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "128MB",
    timezone: "UTC",
    log_timezone: "UTC",
    password_encryption: "scram-sha-256",
    ...(cluster.durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}

/** Resets the password in single-user mode, which needs none, only access to the data. */
async function resetPassword(cluster: Cluster, password: string): Promise<void> {
  const { binaries, dataDir, identity } = cluster;
  const done = await run(binaries.postgres, ["--single", "-D", dataDir, "postgres"], {
    identity,
    cwd: dataDir,
    env: plainEnvironment(),
    input: `alter role ${USER} password '${password}'\n`,
  });
  if (done.code !== 0) {
    throw new Problem(`Resetting the password of ${dataDir} failed: ${lastComplaint(done.stderr)}`);
  }
}

async function makeDatabase(port: number, password: string, database: string): Promise<void> {
  const direct = connection(port, password, database);
  try {
    await direct.connect();
    return;
  } catch (error) {
    if (codeOf(error) !== "3D000") throw error;
  } finally {
    await direct.end().catch(() => undefined);
  }
  const client = connection(port, password, "postgres");
  try {
    await client.connect();
    await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

/** Stops PostgreSQL: closes connections and writes committed data to disk. */
async function shutDown(cluster: Cluster, pid: number | undefined): Promise<void> {
  const { binaries, dataDir, identity, say } = cluster;
  if (!existsSync(join(dataDir, "postmaster.pid"))) return;
  const stop = (mode: string, seconds: number) =>
    run(binaries.pgCtl, ["stop", "--pgdata", dataDir, "--mode", mode, "--wait", `--timeout=${seconds}`], {
      identity,
      cwd: dataDir,
      env: plainEnvironment(),
    });
  if ((await stop("fast", 30)).code === 0) return;
  if (pid === undefined || !(await isPostmasterOf(pid, dataDir))) return;
  say("PostgreSQL doesn't stop. Killing it (committed data is safe)");
  if ((await stop("immediate", 10)).code === 0) return;
  throw new Problem(`PostgreSQL (process ${pid}) can't be stopped. Stop it by hand.`);
}

/** Stops PostgreSQL on disposable data and deletes everything. */
export async function discardEmbedded(dataDir: string): Promise<void> {
  const noted = await notedPostmaster(dataDir);
  if (noted && (await isPostmasterOf(noted.pid, dataDir))) {
    process.kill(noted.pid, "SIGQUIT");
    await waitUntil(async () => !(await isAlive(noted.pid)), 10_000);
  }
  await rm(dirname(dataDir), { recursive: true, force: true });
}

/** Returns the line of PostgreSQL's output with the reason. */
function lastComplaint(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== "");
  const complaint =
    lines.filter((line) => /FATAL|PANIC|error:/.test(line)).pop() ?? lines.pop() ?? "no error output";
  return complaint.replace(/^.*?(FATAL|PANIC|error):\s*/, "").trim();
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
