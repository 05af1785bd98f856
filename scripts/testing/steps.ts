import { rm } from "node:fs/promises";
import { join } from "node:path";
import { schemaDrift } from "../database/migrate";
import type { Lifetime } from "../lifetime";
import { projectDir } from "../paths";
import { ensureGenerated, type Product, runNode, tools } from "../project/prepare";
import { filesAboutServer } from "./api-files";
import { browserTestSettings, runBrowserTests } from "./browser-tests";
import { type DemoServer, newSecret, startDemoServer } from "./demo-server";
import { pooler } from "./pooler";
import type { FileTime } from "./slowest";
import { openTestServer, type TestServer } from "./test-server";
import { vitest } from "./vitest";

/** The result of a step: counts of checks, and output for failures. */
export interface Result {
  passed: number;
  failed: number;
  output: string;
  /** Times of test files, if any. */
  files?: FileTime[];
  /** Tests that passed only when repeated. */
  repeated?: string[];
}

/** State shared by the steps. */
export interface Run {
  lifetime: Lifetime;
  /** Test files, or parts of their paths, to run. */
  filters: string[];
  /** Whether to run the full test matrix. */
  full: boolean;
  testDatabaseUrl: string | undefined;
  server?: Promise<TestServer>;
}

/** Lanes of about the same length. A lane's steps run one after another. */
export const laneNames = ["browser", "others"] as const;
type Lane = (typeof laneNames)[number];

export interface Step {
  name: string;
  does: string;
  /** Part of `npm run validate`: needs neither a build nor a running server. */
  quick: boolean;
  /** The lane to run in; all lanes start in parallel after the steps without one. */
  lane?: Lane;
  run(run: Run): Promise<Result>;
}

const installed = (...path: string[]) => join(projectDir, "node_modules", ...path);

async function check(run: Run, args: string[]): Promise<Result> {
  const { code, output } = await runNode(args, { signal: run.lifetime.signal });
  return code === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
}

/** The steps of `npm test`, in order. */
export const steps: Step[] = [
  {
    name: "format",
    does: "format and lint (biome)",
    quick: true,
    run: (run) => check(run, [installed("@biomejs", "biome", "bin", "biome"), "ci", "--colors=off", "."]),
  },
  {
    name: "types",
    does: "types (tsc)",
    quick: true,
    run: async (run) => {
      await ensureGenerated(() => undefined, run.lifetime.signal);
      // The development server's route types may be stale, and a running server rewrites them.
      await rm(join(projectDir, ".next", "dev", "types"), { recursive: true, force: true });
      const routes = await check(run, [tools.next, "typegen"]);
      // TypeScript 7 takes 40 % of the CPU time. Next and dependency-cruiser need the API of version 6.
      return routes.failed > 0
        ? routes
        : check(run, [installed("typescript-native", "bin", "tsc"), "--noEmit"]);
    },
  },
  { name: "boundaries", does: "import boundaries (dependency-cruiser)", quick: true, run: boundaries },
  {
    name: "unused",
    does: "unused files, exports and packages (knip)",
    quick: true,
    run: (run) => check(run, [installed("knip", "bin", "knip.js"), "--no-progress"]),
  },
  { name: "unit", does: "unit tests", quick: true, lane: "others", run: (run) => vitest(run, "unit", {}) },
  { name: "drift", does: "the migrations match the schema", quick: true, lane: "others", run: drift },
  { name: "integration", does: "integration tests", quick: true, lane: "others", run: integration },
  {
    name: "api",
    does: "API tests against the production build",
    quick: false,
    lane: "others",
    run: (run) => api(run, "pages"),
  },
  {
    name: "api-alone",
    does: "API tests against the API server without pages",
    quick: false,
    lane: "others",
    run: (run) => api(run, "api"),
  },
  {
    name: "pooler",
    does: "the API behind PgBouncer",
    quick: false,
    lane: "others",
    run: async (run) => pooler(run, await testServer(run)),
  },
  { name: "ui", does: "browser tests", quick: false, lane: "browser", run: ui },
];

async function boundaries(run: Run): Promise<Result> {
  const script = installed("dependency-cruiser", "bin", "dependency-cruise.mjs");
  const result = await check(run, [
    script,
    "--config",
    ".dependency-cruiser.cjs",
    "app",
    "components",
    "lib",
  ]);
  // dependency-cruiser also succeeds if it can't parse anything, for example with an unknown TypeScript
  // version.
  const seen = Number(result.output.match(/\((\d+) modules/)?.[1] ?? 0);
  if (result.failed === 0 && seen < 20) {
    return { passed: 0, failed: 1, output: `${result.output}\nOnly ${seen} modules were looked at.` };
  }
  return result;
}

function testServer(run: Run): Promise<TestServer> {
  run.server ??= openTestServer(run.testDatabaseUrl, run.lifetime);
  return run.server;
}

async function drift(run: Run): Promise<Result> {
  const sql = await schemaDrift((await testServer(run)).url);
  if (sql === "") return { passed: 1, failed: 0, output: "" };
  return {
    passed: 0,
    failed: 1,
    output: `Missing from the migrations (npm run db:migration -- name):\n${sql}`,
  };
}

async function integration(run: Run): Promise<Result> {
  const server = await testServer(run);
  await ensureGenerated(() => undefined, run.lifetime.signal);
  const url = await server.createDatabase();
  return vitest(run, "integration", {
    DATABASE_URL: url,
    ROLLCALL_SECRET: newSecret(),
    PUBLIC_URL: "http://127.0.0.1:3000",
  });
}

async function api(run: Run, product: Product): Promise<Result> {
  const server = await startDemoServer(await testServer(run), run.lifetime, {
    product,
    env: { ROLLCALL_CHECK_RESPONSES: "1" },
  });
  // Both servers share the code behind the router, so most tests run against one of them.
  const some = product === "api" && !run.full && run.filters.length === 0;
  const env = {
    ...server.env,
    TEST_PRODUCT: product,
    TEST_EVERYTHING: some ? "" : "1",
    TEST_BASE_URL: server.url,
    DEMO_FILE: server.demoFile,
  };
  const result = await vitest(
    run,
    product === "api" ? "api-alone" : "api",
    env,
    some ? filesAboutServer() : run.filters,
  );
  return closeServer(server, result);
}

async function ui(run: Run): Promise<Result> {
  const server = await startDemoServer(await testServer(run), run.lifetime, { env: browserTestSettings });
  return closeServer(server, await runBrowserTests(server, run));
}

/** Stops the server. If something failed, adds the path of the server log to the output. */
async function closeServer(server: DemoServer, result: Result): Promise<Result> {
  await server.stop();
  if (result.failed === 0) return result;
  return { ...result, output: `${result.output}\nWhat the server printed: ${await server.keepLog()}` };
}
