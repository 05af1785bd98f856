import { isDeepStrictEqual, parseArgs } from "node:util";
import { Lifetime } from "../scripts/lifetime";
import { Problem } from "../scripts/problem";
import { benchCalendar } from "./calendar";
import { Connection, encode, load } from "./client";
import { type Size, type Subject, subjectOf } from "./dataset";
import { benchEvents } from "./events";
import { explainLists } from "./explain";
import { benchMemory } from "./memory";
import { benchPresence } from "./presence";
import { cpu, family, resident, used } from "./processes";
import { type Measured, report } from "./report";
import { benchRouting } from "./routing";
import { type PageTokens, type Scenario, scenariosOf } from "./scenarios";
import { setUp, wholeNumber } from "./setup";
import { countStatements } from "./statements";
import { type Context, type Running, type Target, targets } from "./targets";

const host = "127.0.0.1";
/** Seconds of warm-up load per server, so that its code is compiled before measuring. */
const warmUp = 5;
const say = (line: string) => console.log(line);

/**
 * `npm run bench`: compares the requests per second of the product with a bare server ("limit") and an empty
 * route handler, on generated data of several sizes. `-- memory`, `-- presence` and `-- events` run other
 * benchmarks; `-- availability` runs only the availability scenarios.
 */
export async function bench(words: string[]): Promise<void> {
  if (words[0] === "memory") return benchMemory(words.slice(1));
  if (words[0] === "presence") return benchPresence(words.slice(1));
  if (words[0] === "events") return benchEvents(words.slice(1));
  if (words[0] === "calendar") return benchCalendar();
  if (words[0] === "routing") return benchRouting(words.slice(1));
  const options = readOptions(
    words[0] === "availability" ? ["--only", "availability,filter by hours", ...words.slice(1)] : words,
  );
  await Lifetime.of(async (lifetime) => {
    const databases = await setUp(lifetime, say);
    const stands: Stand[] = [];
    for (const agents of options.agents) {
      const size: Size = { agents, workspaces: options.workspaces, exceptions: options.exceptions };
      const databaseUrl = await databases.open(size);
      const subject = subjectOf(size);
      lifetime.check();
      if (options.explain) {
        for (const line of await explainLists(databaseUrl, subject)) say(line);
        continue;
      }
      for (const target of options.targets)
        stands.push(await openStand(target, { databaseUrl, subject, lifetime }, options.connections));
    }
    if (options.explain) return;
    const measured: Measured[] = [];
    for (const name of scenarioNames(stands).filter((each) =>
      options.only.some((part) => each.includes(part)),
    )) {
      lifetime.check();
      const taking = stands.filter((stand) => stand.scenarios.has(name));
      await compareAnswers(taking, name);
      const rounds = new Map(taking.map((stand) => [stand, [] as Round[]]));
      // The first, short round is a warm-up. The order alternates, so that no server always runs after the
      // same one.
      for (let round = -1; round < options.rounds; round++)
        for (const stand of round % 2 ? taking : taking.toReversed()) {
          const result = await measure(stand, name, round < 0 ? 0.5 : options.seconds, databases.pid);
          if (round >= 0 && result) rounds.get(stand)?.push(result);
        }
      for (const [stand, results] of rounds)
        if (results.length > 0) {
          const statements = await statementsOf(stand, name);
          measured.push(combine(stand, name, results, statements));
        }
      say(name);
    }
    for (const line of report(measured)) say(line);
  });
}

interface Options {
  agents: number[];
  workspaces: number;
  /** Percentage of agents with other hours today. */
  exceptions: number;
  seconds: number;
  rounds: number;
  connections: number;
  /** Parts of scenario names. */
  only: string[];
  targets: Target[];
  explain: boolean;
}

function readOptions(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      agents: { type: "string", default: "10000" },
      workspaces: { type: "string", default: "1" },
      exceptions: { type: "string" },
      seconds: { type: "string", default: "3" },
      rounds: { type: "string", default: "3" },
      connections: { type: "string", default: "16" },
      only: { type: "string", default: "" },
      targets: { type: "string", default: targets.map(({ name }) => name).join(",") },
      explain: { type: "boolean", default: false },
    },
  });
  const named = values.targets.split(",");
  const unknown = named.find((name) => !targets.some((target) => target.name === name));
  if (unknown !== undefined)
    throw new Problem(`There is no target "${unknown}": ${targets.map(({ name }) => name).join(", ")}.`);
  return {
    agents: values.agents.split(",").map((text) => wholeNumber("agents", text)),
    workspaces: wholeNumber("workspaces", values.workspaces),
    exceptions: values.exceptions === undefined ? 0 : wholeNumber("exceptions", values.exceptions),
    seconds: wholeNumber("seconds", values.seconds),
    rounds: wholeNumber("rounds", values.rounds),
    connections: wholeNumber("connections", values.connections),
    only: values.only.split(","),
    targets: targets.filter(({ name }) => named.includes(name)),
    explain: values.explain,
  };
}

/** A running server on a data set, with its connections and scenarios. */
interface Stand {
  target: Target;
  context: Context;
  running: Running;
  connections: Connection[];
  scenarios: Map<string, Scenario>;
  idle: number;
}

async function openStand(target: Target, context: Context, connections: number): Promise<Stand> {
  const running = await target.start(context);
  const opened = Array.from({ length: connections }, () => new Connection(host, running.port));
  context.lifetime.onEnd(async () => opened.map((each) => each.close()));
  const idle = resident([running.pid]);
  const tokens =
    target.name === "limit" || target.name === "empty"
      ? await tokensOf(context)
      : await walk(running, context.subject);
  const all = scenariosOf(context.subject, tokens);
  const scenarios = new Map(all.map((each) => [each.name, each]));
  const taken = all.filter(
    (each) => each.kind !== "stream" && each.kind !== "mixed" && target.call(each, 0) !== undefined,
  );
  await load(opened, host, warmUp, (nth) => {
    const scenario = taken[nth % taken.length];
    const call = scenario && target.call(scenario, nth);
    if (!call) throw new Error(`${target.name} takes no call`);
    return call;
  });
  return { target, context, running, connections: opened, scenarios, idle };
}

const walked = new Map<Subject, PageTokens>();

/**
 * Returns page tokens issued by the product for this data set. The limit server is asked for the same pages.
 */
async function tokensOf(context: Context): Promise<PageTokens> {
  const known = [...walked].find(
    ([subject]) =>
      subject.workspaceId === context.subject.workspaceId && subject.agents === context.subject.agents,
  );
  if (known) return known[1];
  const product = targets.find(({ name }) => name === "next");
  if (!product) throw new Error("there is no product to be measured");
  const running = await product.start(context);
  const tokens = await walk(running, context.subject);
  await running.stop();
  return tokens;
}

/** Walks the list by name to page 1,000 of ten agents each. */
async function walk(running: Running, subject: Subject): Promise<PageTokens> {
  const connection = new Connection(host, running.port);
  const found = new Map<number, { token: string; key: unknown[] }>();
  let token: string | undefined;
  // 90 agents remain until page 10; 99 × 100 and another 90 until page 1,000.
  for (const [step, limit] of [90, ...Array<number>(99).fill(100)].entries()) {
    const query = `sortBy=name&limit=${limit}${token ? `&pageToken=${encodeURIComponent(token)}` : ""}`;
    const { body } = await connection.send(
      encode(host, {
        method: "GET",
        path: `/api/workspaces/${subject.workspaceId}/agents?${query}`,
        headers: { Authorization: `AccessKey ${subject.key}` },
        status: 200,
      }),
    );
    token = JSON.parse(body.toString()).nextPageToken;
    if (token === undefined) break;
    const key = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).slice(1);
    if (step === 0) found.set(10, { token, key });
    if (step === 99) found.set(1000, { token, key });
  }
  connection.close();
  const tokens = { get: (page: number) => found.get(page) };
  walked.set(subject, tokens);
  return tokens;
}

const scenarioNames = (stands: readonly Stand[]) => [
  ...new Set(stands.flatMap((stand) => [...stand.scenarios.keys()])),
];

/**
 * Checks that all servers give the same response. Retries, because the clock may advance by a second between
 * two responses.
 */
async function compareAnswers(stands: readonly Stand[], name: string): Promise<void> {
  for (let tries = 5; ; tries--) {
    const difference = await differenceOf(stands, name);
    if (difference === undefined) return;
    if (tries === 1) throw new Problem(difference);
  }
}

/** Describes the first difference between responses; undefined if they are equal. */
async function differenceOf(stands: readonly Stand[], name: string): Promise<string | undefined> {
  const answers = new Map<Subject, { target: string; answer: unknown }>();
  for (const { target, context, scenarios, connections } of stands) {
    const scenario = scenarios.get(name);
    const call =
      scenario && target.answers && scenario.kind !== "mixed" ? target.call(scenario, 0) : undefined;
    if (!call || !scenario) continue;
    const { status, body } = (await connections[0]?.send(encode(host, call))) ?? { status: 0, body: "" };
    if (status !== call.status)
      throw new Problem(`${target.name}, ${name}: ${status} ${body.toString().slice(0, 500)}`);
    const answer = comparable(JSON.parse(body.toString()), scenario);
    const first = answers.get(context.subject);
    if (!first) answers.set(context.subject, { target: target.name, answer });
    else if (!isDeepStrictEqual(first.answer, answer))
      return (
        `${target.name} answers otherwise than ${first.target} to "${name}":\n` +
        `${JSON.stringify(first.answer).slice(0, 2000)}\n${JSON.stringify(answer).slice(0, 2000)}`
      );
  }
  return undefined;
}

/** Returns the comparable part of a response: without signed page tokens and times. */
function comparable(answer: Record<string, unknown>, { kind }: Scenario): unknown {
  if (kind === "patch") return [answer.status, answer.activity, Object.keys(answer).sort()];
  const { nextPageToken: _, ...rest } = answer;
  return rest;
}

interface Round {
  seconds: number;
  times: number[];
  server: number;
  database: number;
  peak: number;
}

async function measure(
  { target, running, connections, scenarios }: Stand,
  name: string,
  seconds: number,
  databasePid: number | undefined,
): Promise<Round | undefined> {
  const scenario = scenarios.get(name);
  if (!scenario || !target.call(scenario, 0)) return undefined;
  const server = family(running.pid);
  const database = databasePid === undefined ? [] : family(databasePid);
  const before = { server: cpu(server), database: cpu(database) };
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, resident([running.pid]));
  }, 100);
  const calls = (nth: number) => target.call(scenario, nth) ?? scenario.call(nth);
  const { seconds: took, times } = await load(connections, host, seconds, calls);
  clearInterval(watch);
  peak = Math.max(peak, resident([running.pid]));
  return {
    seconds: took,
    times,
    peak,
    server: used(before.server, cpu(family(running.pid))),
    database: databasePid === undefined ? 0 : used(before.database, cpu(family(databasePid))),
  };
}

/** Counts on separate servers, whose database connections go through the counting proxy. */
const counted = new Map<Stand, { read: () => number; connection: Connection }>();

async function statementsOf(stand: Stand, name: string): Promise<number> {
  const scenario = stand.scenarios.get(name);
  if (!scenario || stand.target.name === "empty") return 0;
  let counting = counted.get(stand);
  if (!counting) {
    const counter = await countStatements(stand.context.databaseUrl);
    stand.context.lifetime.onEnd(counter.stop);
    const running = await stand.target.start({ ...stand.context, databaseUrl: counter.url });
    const connection = new Connection(host, running.port);
    stand.context.lifetime.onEnd(async () => connection.close());
    counting = { read: counter.read, connection };
    counted.set(stand, counting);
  }
  const { read, connection } = counting;
  // Agents of the patch scenario repeat after a full round. Stepping by this stride alternates the values, so
  // that every request writes.
  const stride = scenario.kind === "patch" ? stand.context.subject.agentIds.length : 1;
  const ask = async (nth: number) => {
    const call = stand.target.call(scenario, nth * stride);
    if (call) await connection.send(encode(host, call));
  };
  // The first request opens connections, records the key's use and so on.
  await ask(0);
  read();
  const requests = 10;
  for (let nth = 1; nth <= requests; nth++) await ask(nth);
  return read() / requests;
}

function combine(stand: Stand, scenario: string, rounds: readonly Round[], statements: number): Measured {
  const times = rounds.flatMap((round) => round.times).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  return {
    scenario,
    target: stand.target.name,
    agents: stand.context.subject.agents,
    perSecond: times.length / sum((round) => round.seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    serverCpu: sum((round) => round.server) / times.length,
    databaseCpu: sum((round) => round.database) / times.length,
    idle: stand.idle,
    peak: Math.max(...rounds.map((round) => round.peak)),
    statements,
  };
}
