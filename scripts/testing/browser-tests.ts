import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { createAccessKey } from "@/lib/access/access-keys/contract";
import { createToken } from "@/lib/access/auth/contract";
import { managedRoles } from "@/lib/access/roles/rules";
import { createClient } from "@/lib/platform/client/client";
import { listWorkspaces } from "@/lib/workforce/workspaces/contract";
import { projectDir } from "../paths";
import { Problem } from "../problem";
import { runNode } from "../project/prepare";
import { CHROMIUM_VARIABLE, findChromium } from "./chromium";
import type { DemoServer } from "./demo-server";
import { FIREFOX_VARIABLE, findFirefox } from "./firefox";
import { MATRIX_VARIABLE, matrixFor, wantsFirefox } from "./matrix";
import type { FileTime } from "./slowest";
import type { Result, Run } from "./steps";

/** Server settings for browser tests: many people sign in from one address. */
export const browserTestSettings = {
  ROLLCALL_CHECK_RESPONSES: "1",
  ROLLCALL_DEV_PAGES: "1",
  LOG_LEVEL: "warn",
  RATE_LIMIT_PER_MINUTE: "1000000",
  RATE_LIMIT_ANONYMOUS_PER_MINUTE: "1000000",
  SIGN_IN_FAILURES_PER_MINUTE: "100000",
  SIGN_IN_FAILURES_PER_ADDRESS_PER_MINUTE: "100000",
};

/** The used parts of Playwright's `json` report. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  /** Errors outside any test. */
  errors: { message?: string }[];
  suites?: BrowserSuite[];
}

/** A file or a group of tests. */
interface BrowserSuite {
  file: string;
  suites?: BrowserSuite[];
  specs?: {
    title: string;
    tests: {
      projectName?: string;
      status?: string;
      results: { duration: number; status?: string; error?: { message?: string } }[];
    }[];
  }[];
}

/** Runs e2e/ui against a server with the demo data. */
export async function runBrowserTests(server: DemoServer, run: Run): Promise<Result> {
  const { full, filters, lifetime } = run;
  const executable = await findChromium(process.env);
  const firefox = wantsFirefox(full, filters) ? await findFirefoxFor(filters) : undefined;
  const folder = await mkdtemp(join(tmpdir(), "rollcall-report-"));
  const file = join(folder, "report.json");
  const cli = join(projectDir, "node_modules", "@playwright", "test", "cli.js");
  const { code, output } = await runNode([cli, "test", "--reporter=list,json", ...filters], {
    env: {
      ...process.env,
      NO_COLOR: "1",
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      [CHROMIUM_VARIABLE]: executable,
      [MATRIX_VARIABLE]: matrixFor(full, filters),
      ...(firefox ? { [FIREFOX_VARIABLE]: firefox } : {}),
      TEST_BASE_URL: server.url,
      TEST_PASSWORD: server.demo.password,
      TEST_ACCESS_KEY_NORTHWIND: northwindKey(server),
      TEST_ACCESS_KEY_GLOBEX: await makeKey(server, "Globex"),
    },
    signal: lifetime.signal,
  });
  const text = await readFile(file, "utf8").catch(() => "");
  await rm(folder, { recursive: true, force: true });
  if (text === "") return { passed: 0, failed: 1, output };
  const report: PlaywrightReport = JSON.parse(text);
  const failures = browserFailures(report);
  return {
    ...countBrowserTests(report, code),
    output: failures.length > 0 ? [output, "What failed:", ...failures].join("\n") : output,
    files: browserFileTimes(report),
    repeated: repeatedBrowserTests(report),
  };
}

/**
 * Returns Firefox's path, or undefined with a message if it can't be installed. Throws `Problem` instead on CI
 * and if the Firefox project is named.
 */
async function findFirefoxFor(filters: readonly string[]): Promise<string | undefined> {
  try {
    return await findFirefox(process.env);
  } catch (error) {
    if (!(error instanceof Problem) || process.env.CI || wantsFirefox(false, filters)) throw error;
    console.log(`${error.message} The journeys in Firefox are left out.`);
    return undefined;
  }
}

/** Maximum length of a failure's message in the list of failures. */
const longestMessage = 1_000;

/**
 * Returns the failed tests with the start of their messages. Printed last, because logs are often cut to their
 * end.
 */
export function browserFailures({ suites = [] }: Pick<PlaywrightReport, "suites">): string[] {
  return suites.flatMap((suite) => [
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests.flatMap(({ projectName = "", results }) =>
        results
          .filter(({ status }) => status !== "passed" && status !== "skipped")
          .map(({ error }) => {
            const message = stripVTControlCharacters(error?.message ?? "no message");
            return `[${projectName}] ${suite.file} › ${title}\n${message.slice(0, longestMessage)}`;
          }),
      ),
    ),
    ...browserFailures(suite),
  ]);
}

/** Returns the tests that passed only when repeated, which happens on CI. */
export function repeatedBrowserTests({ suites = [] }: Pick<PlaywrightReport, "suites">): string[] {
  return suites.flatMap((suite) => [
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === "flaky")
        .map(({ projectName = "" }) => `[${projectName}] ${suite.file} › ${title}`),
    ),
    ...repeatedBrowserTests(suite),
  ]);
}

/** Returns the total time of each file's tests, in all environments. */
export function browserFileTimes({ suites = [] }: Pick<PlaywrightReport, "suites">): FileTime[] {
  const milliseconds = (suite: BrowserSuite): number =>
    [
      ...(suite.specs ?? []).flatMap(({ tests }) => tests.flatMap(({ results }) => results)),
      ...(suite.suites ?? []).map((nested) => ({ duration: milliseconds(nested) })),
    ].reduce((sum, { duration }) => sum + duration, 0);
  const seconds = new Map<string, number>();
  for (const suite of suites)
    seconds.set(suite.file, (seconds.get(suite.file) ?? 0) + milliseconds(suite) / 1000);
  return [...seconds].map(([file, sum]) => ({ file: `e2e/ui/${file}`, seconds: sum }));
}

/**
 * Returns the counts of a Playwright report. Skipped tests count as failures, as do a run without tests and an exit
 * code that no failure explains.
 */
export function countBrowserTests(
  report: PlaywrightReport,
  code: number,
): { passed: number; failed: number } {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const passed = expected + flaky;
  const failed = unexpected + skipped + report.errors.length;
  const unexplained = failed === 0 && (code !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + unexplained };
}

/** Returns the access key of the demo data's first workspace, with supervisor permissions. */
function northwindKey({ demo }: DemoServer): string {
  const found = demo.accessKeys.find((each) => each.workspace === "Northwind");
  if (!found) throw new Error("There is no access key of Northwind in the demo data.");
  return found.key;
}

/** Creates a supervisor's access key for a workspace without one in the demo data. */
async function makeKey({ url, demo }: DemoServer, workspace: string): Promise<string> {
  const account = demo.accounts.find((each) => each.workspace === workspace && each.role === "Supervisor");
  const roleId = managedRoles.find((role) => role.name === "Supervisor")?.id;
  if (!account || !roleId) throw new Error(`There is no supervisor of ${workspace} in the demo data.`);
  const credentials = { email: account.email, password: demo.password };
  const { data: token } = await createClient({ origin: url })(createToken, { params: {}, body: credentials });
  const request = createClient({ origin: url, headers: { Authorization: `Bearer ${token.token}` } });
  const { data: own } = await request(listWorkspaces, { params: {} });
  const workspaceId = own.results.find(({ name }) => name === workspace)?.id ?? "";
  const { data } = await request(createAccessKey, {
    params: { workspaceId },
    body: { name: "Browser tests", roleId },
  });
  return data.key;
}
