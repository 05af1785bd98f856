import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Lifetime } from "../scripts/lifetime";
import { projectDir } from "../scripts/paths";
import { freePort } from "../scripts/ports";
import { Problem } from "../scripts/problem";
import { type Product, runNode, tools } from "../scripts/project/prepare";
import { startServer } from "../scripts/server/server";
import { newSecret } from "../scripts/testing/demo-server";
import type { Call } from "./client";
import type { Subject } from "./dataset";
import type { Scenario } from "./scenarios";

export interface Running {
  port: number;
  pid: number;
  stop(): Promise<void>;
}

export interface Target {
  name: string;
  /** Whether its responses must equal the product's. */
  answers: boolean;
  start(context: Context): Promise<Running>;
  /** Returns the n-th request of a scenario for this server; undefined if it doesn't support it. */
  call(scenario: Scenario, nth: number): Call | undefined;
}

export interface Context {
  databaseUrl: string;
  subject: Subject;
  lifetime: Lifetime;
}

/** Base URL in the links of every server, so that responses can be compared. */
const publicUrl = "http://127.0.0.1:4350";

/** Returns a target for the product, with or without pages. */
const served = (name: string, product: Product): Target => ({
  name,
  answers: true,
  call: (scenario, nth) => scenario.call(nth),
  start: (context) => startProduct(product, context),
});

/** Starts the product on a data set. `preload` lists modules to import first, `env` their settings. */
export async function startProduct(
  product: Product,
  { databaseUrl, lifetime }: Context,
  { preload = [], env = {} }: { preload?: string[]; env?: Record<string, string> } = {},
): Promise<Running> {
  const port = await freePort();
  const server = await startServer({
    product,
    host: "127.0.0.1",
    port,
    preload,
    env: {
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      ROLLCALL_SECRET: secret,
      PUBLIC_URL: publicUrl,
      NEXTAUTH_URL: publicUrl,
      RATE_LIMIT_PER_MINUTE: "100000000",
      ...env,
    },
    onOutput: () => undefined,
    signal: lifetime.signal,
  });
  lifetime.onEnd(server.stop, server.kill);
  return { port, pid: server.pid, stop: server.stop };
}

/** Shared by all servers of a run, so that page tokens are valid on each. */
const secret = newSecret();

const limit: Target = {
  name: "limit",
  answers: true,
  call(scenario, nth) {
    if (scenario.kind === "mixed" || scenario.limit === undefined) return undefined;
    const values = encodeURIComponent(JSON.stringify(scenario.values(nth)));
    return {
      method: "GET",
      path: `/${encodeURIComponent(scenario.limit)}?${values}`,
      headers: {},
      status: 200,
    };
  },
  async start({ databaseUrl, subject, lifetime }) {
    const port = await freePort();
    const file = join(projectDir, "bench", "limit-server.ts");
    const child = spawn(
      process.execPath,
      ["--import", "tsx", file, String(port), subject.workspaceId, publicUrl],
      {
        cwd: projectDir,
        env: { ...process.env, NODE_ENV: "production", DATABASE_URL: databaseUrl },
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      },
    );
    const stop = () => ended(child);
    lifetime.onEnd(stop, () => child.kill("SIGKILL"));
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", () => reject(new Problem("The limit's server ended while it started; see above.")));
    });
    return { port, pid: child.pid ?? 0, stop };
  },
};

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.disconnect();
  await exit;
}

const emptyDir = join(projectDir, "bench", "empty");

/** A minimal Next.js app with an empty route, served like the product. */
const empty: Target = {
  name: "empty",
  answers: false,
  call(scenario, nth) {
    const call = scenario.call(nth);
    return scenario.kind === "stream" ? undefined : { ...call, path: "/api/empty", status: 200 };
  },
  async start({ lifetime }) {
    const built = await runNode([tools.next, "build", emptyDir], {
      env: { ...process.env, NODE_ENV: "production" },
      signal: lifetime.signal,
    });
    if (built.code !== 0)
      throw new Problem(`${built.output}\n\nThe empty app could not be built (see above).`);
    const port = await freePort();
    const server = await startServer({
      host: "127.0.0.1",
      port,
      product: "pages",
      dir: emptyDir,
      env: { NODE_ENV: "production", PUBLIC_URL: publicUrl },
      onOutput: () => undefined,
      signal: lifetime.signal,
    });
    lifetime.onEnd(server.stop, server.kill);
    return { port, pid: server.pid, stop: server.stop };
  },
};

/** The servers to compare. The first one is the reference. */
export const targets: readonly Target[] = [limit, served("next", "pages"), served("api", "api"), empty];
