import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stateDir } from "../paths";
import { LOOPBACK } from "../ports";
import { Problem } from "../problem";
import { type Cluster, keptPassword, locate, makeData, USER, writableFolder } from "./cluster";
import {
  isPostmasterOf,
  launch,
  makeDatabase,
  notedPostmaster,
  type Postmaster,
  probe,
  shutDown,
} from "./postmaster";
import { isAlive, waitUntil } from "./processes";
import { Users, withLock } from "./users";

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
      host: LOOPBACK,
      port,
      user: USER,
      password,
      database,
      url: `postgresql://${USER}:${password}@${LOOPBACK}:${port}/${database}`,
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

/** Stops PostgreSQL on disposable data and deletes everything. */
export async function discardEmbedded(dataDir: string): Promise<void> {
  const noted = await notedPostmaster(dataDir);
  if (noted && (await isPostmasterOf(noted.pid, dataDir))) {
    process.kill(noted.pid, "SIGQUIT");
    await waitUntil(async () => !(await isAlive(noted.pid)), 10_000);
  }
  await rm(dirname(dataDir), { recursive: true, force: true });
}
