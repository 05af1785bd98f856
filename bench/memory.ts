import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Lifetime } from "../scripts/lifetime";
import { projectDir } from "../scripts/paths";
import { freePort } from "../scripts/ports";
import type { Product } from "../scripts/project/prepare";
import { Connection, encode } from "./client";
import { type Subject, subjectOf } from "./dataset";
import { resident } from "./processes";
import { scenariosOf } from "./scenarios";
import { setUp, wholeNumber } from "./setup";
import { type Context, startProduct } from "./targets";

const host = "127.0.0.1";
const say = (line: string) => console.log(line);
const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

/**
 * `npm run bench -- memory`: measures idle memory, the increase while streaming the list of all agents to
 * fast and slow readers, the time of a 304 response, and heap growth under a mixed load. Options: `--agents`
 * (100,000), `--requests` (200,000), `--connections` (16).
 */
export async function benchMemory(words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: {
      agents: { type: "string", default: "100000" },
      requests: { type: "string", default: "200000" },
      connections: { type: "string", default: "16" },
    },
  });
  const size = { agents: wholeNumber("agents", values.agents), workspaces: 1 };
  const requests = wholeNumber("requests", values.requests);
  const connections = wholeNumber("connections", values.connections);
  await Lifetime.of(async (lifetime) => {
    const databases = await setUp(lifetime, say);
    const context = { databaseUrl: await databases.open(size), subject: subjectOf(size), lifetime };
    for (const product of ["pages", "api"] as const) {
      lifetime.check();
      say(`\n${product === "api" ? "API server" : "with pages"}`);
      await measureStream(product, context);
      await measureLoad(product, context, requests, connections);
    }
  });
}

const allAgents = ({ workspaceId, key }: Subject) => ({
  method: "GET" as const,
  path: `/api/workspaces/${workspaceId}/all-agents`,
  headers: { Authorization: `AccessKey ${key}` },
});

/** Reads a response at full speed or at a limit of bytes per second; returns its size and ETag. */
function read(port: number, subject: Subject, perSecond = Number.POSITIVE_INFINITY) {
  return new Promise<{ bytes: number; etag: string }>((resolve, reject) => {
    const asking: ClientRequest = request({ host, port, ...allAgents(subject) });
    asking.on("error", reject);
    asking.on("response", async (answer: IncomingMessage) => {
      try {
        if (answer.statusCode !== 200) throw new Error(`all-agents answered ${answer.statusCode}`);
        const began = performance.now();
        let bytes = 0;
        for await (const chunk of answer) {
          bytes += (chunk as Buffer).length;
          const early = (bytes / perSecond) * 1000 - (performance.now() - began);
          if (early > 1) await sleep(early);
        }
        resolve({ bytes, etag: answer.headers.etag ?? "" });
      } catch (error) {
        reject(error);
      }
    });
    asking.end();
  });
}

/** Runs `work` and returns the peak resident memory in MB. */
async function peakOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  let peak = resident([pid]);
  const watch = setInterval(() => {
    peak = Math.max(peak, resident([pid]));
  }, 5);
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  return Math.max(peak, resident([pid]));
}

async function measureStream(product: Product, context: Context): Promise<void> {
  const { subject } = context;
  const running = await startProduct(product, context);
  await sleep(5_000);
  say(`  resident when nobody asks: ${resident([running.pid]).toFixed(0)} MB`);
  // Code loaded by the first response of each kind stays loaded.
  const connection = new Connection(host, running.port);
  for (const scenario of scenariosOf(subject, { get: () => undefined }).slice(0, 3))
    for (let nth = 0; nth < 20; nth++) await connection.send(encode(host, scenario.call(nth)));
  await sleep(2_000);
  const idle = resident([running.pid]);
  let size = 0;
  let etag = "";
  const fast = await peakOf(running.pid, async () => {
    for (let round = 0; round < 5; round++) ({ bytes: size, etag } = await read(running.port, subject));
  });
  const slow = await peakOf(running.pid, () => read(running.port, subject, size / 10));
  say(
    `  all-agents, ${megabytes(size)} MB, five times: ${(fast - idle).toFixed(1)} MB over ${idle.toFixed(0)}; ` +
      `to a reader of ten seconds: ${(slow - idle).toFixed(1)} MB over it`,
  );
  const unchanged = encode(host, {
    ...allAgents(subject),
    headers: { ...allAgents(subject).headers, "If-None-Match": etag },
    status: 304,
  });
  const times: number[] = [];
  for (let nth = 0; nth < 500; nth++) {
    const sent = performance.now();
    const { status } = await connection.send(unchanged);
    if (status !== 304) throw new Error(`an unchanged list answered ${status}`);
    times.push(performance.now() - sent);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * times.length)] ?? 0).toFixed(1);
  say(`  304 to an unchanged list: ${at(0.5)} ms in the middle, ${at(0.99)} ms of 99 in 100`);
  connection.close();
  await running.stop();
}

async function measureLoad(
  product: Product,
  context: Context,
  requests: number,
  connections: number,
): Promise<void> {
  const heapPort = await freePort();
  const running = await startProduct(product, context, {
    preload: [pathToFileURL(join(projectDir, "bench", "heap.mjs")).href],
    env: { BENCH_HEAP_PORT: String(heapPort) },
  });
  const heap = async () => {
    const answer = await fetch(`http://${host}:${heapPort}`);
    return (await answer.json()) as { heapUsed: number; external: number };
  };
  const opened = Array.from({ length: connections }, () => new Connection(host, running.port));
  context.lifetime.onEnd(async () => opened.map((each) => each.close()));
  // The first tenth fills caches: compiled code, known callers, connections.
  await mixed(context.subject, opened, Math.ceil(requests / 10));
  await sleep(2_000);
  const before = await heap();
  await mixed(context.subject, opened, requests);
  await sleep(2_000);
  const after = await heap();
  const growth = (100 * (after.heapUsed - before.heapUsed)) / before.heapUsed;
  say(
    `  heap after ${requests.toLocaleString("en")} mixed requests: ${megabytes(before.heapUsed)} to ` +
      `${megabytes(after.heapUsed)} MB (${growth.toFixed(1)} %), beside it ${megabytes(before.external)} to ${megabytes(after.external)} MB`,
  );
  await running.stop();
}

/** Sends exactly this many requests of the mixed load. */
async function mixed(subject: Subject, connections: readonly Connection[], requests: number): Promise<void> {
  const scenario = scenariosOf(subject, { get: () => undefined }).find(({ kind }) => kind === "mixed");
  if (!scenario) throw new Error("there is no mixed load");
  let nth = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (nth < requests) {
        const call = scenario.call(nth++);
        const { status, body } = await connection.send(encode(host, call));
        if (status !== call.status)
          throw new Error(`${call.path} answered ${status}: ${body.toString().slice(0, 300)}`);
      }
    }),
  );
}
