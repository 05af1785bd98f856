import { randomUUID } from "node:crypto";
import { type ClientRequest, get } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import pg from "pg";
import { hashAccessKey, newAccessKey } from "../lib/platform/security/access-keys";
import { Lifetime } from "../scripts/lifetime";
import { projectDir } from "../scripts/paths";
import { freePort } from "../scripts/ports";
import { subjectOf } from "./dataset";
import { resident } from "./processes";
import { setUp, wholeNumber } from "./setup";
import { startProduct } from "./targets";

const host = "127.0.0.1";
const say = (line: string) => console.log(line);
/** The server allows 20 streams per actor. */
const streamsPerKey = 20;
/** One of this many streams is parsed event by event; the others are only read. */
const sampling = 50;
/** Milliseconds between two batches of writes. */
const step = 20;

/**
 * `npm run bench -- events`: measures the memory of a stream, and the time from a commit to the client. Options:
 * `--streams` (2,000), `--rate` (500 events a second), `--seconds` (10), `--workspaces` (20).
 */
export async function benchEvents(words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: {
      streams: { type: "string", default: "2000" },
      rate: { type: "string", default: "500" },
      seconds: { type: "string", default: "10" },
      workspaces: { type: "string", default: "20" },
    },
  });
  const streams = wholeNumber("streams", values.streams);
  const rate = wholeNumber("rate", values.rate);
  const seconds = wholeNumber("seconds", values.seconds);
  const size = { agents: 10_000, workspaces: wholeNumber("workspaces", values.workspaces) };
  await Lifetime.of(async (lifetime) => {
    const databases = await setUp(lifetime, say);
    const databaseUrl = await databases.open(size);
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 8 });
    // The database stops before this pool if the run is interrupted.
    pool.on("error", () => undefined);
    const keys = await makeKeys(pool, Math.ceil(streams / streamsPerKey), size.workspaces);
    for (const product of ["api", "pages"] as const) {
      lifetime.check();
      const heapPort = await freePort();
      const server = await startProduct(
        product,
        { databaseUrl, subject: subjectOf(size), lifetime },
        {
          preload: [pathToFileURL(join(projectDir, "bench", "heap.mjs")).href],
          env: { MAX_CONNECTIONS: String(4 * streams + 100), BENCH_HEAP_PORT: String(heapPort) },
        },
      );
      /** Collects garbage, then returns KiB. */
      const memory = async () => {
        const answer = await fetch(`http://${host}:${heapPort}`);
        const { heapUsed, external } = (await answer.json()) as { heapUsed: number; external: number };
        return { held: (heapUsed + external) / 1024, resident: resident([server.pid]) * 1024 };
      };
      const committed = new Map<number, number>();
      const delays: number[] = [];
      const open: ClientRequest[] = [];
      const connect = async (nth: number) => {
        const key = keys[nth % keys.length];
        if (!key) throw new Error("there are no keys");
        const onEvent = (number: number) => {
          const at = committed.get(number);
          if (at !== undefined) delays.push(performance.now() - at);
        };
        open.push(await openStream(server.port, key, nth % sampling === 0 ? onEvent : undefined));
      };
      // The first half warms up: code is loaded and compiled, and the heap grows.
      const first = Math.ceil(streams / 2);
      for (let nth = 0; nth < first; nth++) await connect(nth);
      await sleep(1_000);
      const before = await memory();
      for (let nth = first; nth < streams; nth++) await connect(nth);
      await sleep(2_000);
      const after = await memory();
      const perStream = (kind: keyof typeof after) =>
        ((after[kind] - before[kind]) / (streams - first)).toFixed(1);

      const writes: Promise<void>[] = [];
      const began = performance.now();
      for (let number = 0; number < rate * seconds; ) {
        const due = ((performance.now() - began) / 1000) * rate;
        for (; number < Math.min(due, rate * seconds); number++)
          writes.push(write(pool, keys[number % keys.length]?.workspaceId ?? "", number, committed));
        await sleep(step);
      }
      await Promise.all(writes);
      await sleep(2_000);
      for (const each of open) each.destroy();
      await server.stop();
      const sorted = delays.toSorted((one, other) => one - other);
      const at = (part: number) => Math.round(sorted[Math.floor(sorted.length * part)] ?? Number.NaN);
      say(
        `${product}: ${streams} streams, ${rate} events/s in ${size.workspaces} workspaces: ` +
          `${perStream("held")} KiB held per stream (resident ${perStream("resident")} KiB); commit to client p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (${sorted.length} samples)`,
      );
    }
    await pool.end();
  });
}

interface Key {
  workspaceId: string;
  key: string;
}

/** Creates access keys that may read the ledger, spread over the workspaces. */
async function makeKeys(pool: pg.Pool, count: number, workspaces: number): Promise<Key[]> {
  const { rows: roles } = await pool.query<{ workspaceId: string; id: string }>(
    `SELECT DISTINCT ON (workspace_id) workspace_id AS "workspaceId", id FROM roles
     WHERE 'ledger.read' = ANY(permissions::text[]) LIMIT $1`,
    [workspaces],
  );
  return await Promise.all(
    Array.from({ length: count }, async (_, nth) => {
      const role = roles[nth % roles.length];
      if (!role) throw new Error("no role may read the ledger");
      const key = newAccessKey();
      const id = randomUUID();
      await pool.query(
        `INSERT INTO access_keys (workspace_id, id, name, role_id, key_hash, created_at, updated_at)
         VALUES ($1, $2::uuid, $2::uuid::text, $3, $4, now(), now())`,
        [role.workspaceId, id, role.id, hashAccessKey(key)],
      );
      return { workspaceId: role.workspaceId, key };
    }),
  );
}

/** Opens a stream and waits for its first bytes. `onEvent` gets the number of each event. */
function openStream(
  port: number,
  { workspaceId, key }: Key,
  onEvent: ((number: number) => void) | undefined,
): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const path = `/api/workspaces/${workspaceId}/events`;
    const headers = { Authorization: `AccessKey ${key}`, Accept: "text/event-stream" };
    const asking = get({ host, port, path, headers, agent: false }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`the stream answered ${answer.statusCode}`));
      answer.on("error", () => undefined);
      answer.once("data", () => resolve(asking));
      if (!onEvent) return void answer.resume();
      let rest = "";
      answer.setEncoding("utf8").on("data", (text: string) => {
        const blocks = (rest + text).split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          const [, number] = /"number":\{"after":(\d+)\}/.exec(block) ?? [];
          if (number !== undefined) onEvent(Number(number));
        }
      });
    });
    asking.on("error", reject);
  });
}

/** Writes a ledger entry, whose trigger writes the event, and records the commit time. */
async function write(
  pool: pg.Pool,
  workspaceId: string,
  number: number,
  committed: Map<number, number>,
): Promise<void> {
  await pool.query(
    `INSERT INTO changes (workspace_id, id, agent_id, agent_name, action, actor_kind, actor_name, cause, fields, created_at)
     VALUES ($1, $2, $2, 'Robin', 'updated', 'system', 'Bench', 'api', $3, now())`,
    [workspaceId, randomUUID(), { number: { after: number } }],
  );
  committed.set(number, performance.now());
}
