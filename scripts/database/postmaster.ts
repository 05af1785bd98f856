import { existsSync } from "node:fs";
import { readFile, realpath, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort, isFree, LOOPBACK } from "../ports";
import { codeOf, Problem } from "../problem";
import { type Cluster, lastComplaint, plainEnvironment, USER } from "./cluster";
import { commandLine, isAlive, run } from "./processes";

/** A running PostgreSQL. */
export interface Postmaster {
  pid: number;
  port: number;
}

/** Reads PostgreSQL's own record of the process on this data. */
export async function notedPostmaster(dataDir: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port } : undefined;
}

/** Returns whether a process is the PostgreSQL of a data folder. */
export async function isPostmasterOf(pid: number, dataDir: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const line = await commandLine(pid);
  if (process.platform === "win32") return /postgres/i.test(line);
  return /postgres/.test(line) && line.includes(dataDir);
}

/** Checks what listens on a port: our database, something else, or a database that is starting. */
export async function probe(
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
    host: LOOPBACK,
    port,
    user: USER,
    password,
    database,
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined);
  return client;
}

/** Starts PostgreSQL. Repairs a lost password and waits for processes of a killed one. Throws `Problem`. */
export async function launch(
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
    // After PostgreSQL is killed, its child processes keep running briefly and hold its shared memory.
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
    listen_addresses: LOOPBACK,
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

/** Creates a database if there is none of that name. */
export async function makeDatabase(port: number, password: string, database: string): Promise<void> {
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
export async function shutDown(cluster: Cluster, pid: number | undefined): Promise<void> {
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
