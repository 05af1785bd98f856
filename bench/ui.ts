import { type Browser, chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import { Lifetime } from "../scripts/lifetime";
import { freePort } from "../scripts/ports";
import { Problem } from "../scripts/problem";
import { readTestSettings } from "../scripts/settings";
import { signInByRequest } from "../scripts/testing/browser-session";
import { browserTestSettings } from "../scripts/testing/browser-tests";
import { chromiumOptions, findChromium } from "../scripts/testing/chromium";
import { demoEmails } from "../scripts/testing/demo-accounts";
import { type DemoServer, startDemoServer } from "../scripts/testing/demo-server";
import { openTestServer } from "../scripts/testing/test-server";
import { benchList, openList } from "./lists";
import { type WatchedPage, watchedPages } from "./pages";
import { benchPlanner } from "./planner";
import { measureScripts } from "./script-bytes";

/** Number of Lighthouse runs per page; the median is reported. */
const runs = 5;

const categories = ["performance", "accessibility", "best-practices"] as const;

/** Agents in the large list, for comparison with the small one. */
const largeSize = 100_000;

/**
 * `npm run bench:ui`: runs Lighthouse (desktop) on the pages of bench/pages.ts, measures their
 * scripts, times the agent list with 240 and 100,000 agents, and counts what a frame of the planner costs.
 * `npm run bench:ui -- agents` selects pages by name, `-- lists` only the lists, `-- planner` only the planner.
 */
export async function benchUi(words: string[]): Promise<void> {
  const pages = watchedPages.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  const lists = words.length === 0 || words.includes("lists");
  const planner = words.length === 0 || words.includes("planner");
  if (pages.length === 0 && !lists && !planner)
    throw new Problem(`No page is called so: ${watchedPages.map(({ name }) => name)}.`);
  const { testDatabaseUrl } = readTestSettings(process.env);
  await Lifetime.of(async (lifetime) => {
    const executable = await findChromium(process.env, console.log);
    const server = await startDemoServer(await openTestServer(testDatabaseUrl, lifetime), lifetime, {
      // As in production, without response validation.
      env: { ...browserTestSettings, ROLLCALL_CHECK_RESPONSES: "0" },
      say: console.log,
    });
    const largeList = lists ? await openList(largeSize, lifetime) : undefined;
    const port = await freePort();
    const options = chromiumOptions(executable);
    const browser = await chromium.launch({
      ...options,
      args: [...options.args, `--remote-debugging-port=${port}`],
    });
    lifetime.onEnd(() => browser.close());
    for (const page of pages) {
      lifetime.check();
      console.log(`\n${page.name} (${page.path})`);
      for (const line of await bench(page, server, browser, port)) console.log(`  ${line}`);
    }
    const account = { email: demoEmails.supervisor, password: server.demo.password };
    if (planner) {
      lifetime.check();
      console.log("\nthe planner");
      const place = { origin: server.url, path: "/w/northwind/planner", account };
      for (const line of await benchPlanner(browser, place)) console.log(`  ${line}`);
    }
    if (!largeList) return;
    const small = { origin: server.url, path: "/w/northwind/agents", account };
    for (const [name, place] of [
      ["the list, 240 agents", small],
      [`the list, ${largeSize.toLocaleString("en")} agents`, largeList],
    ] as const) {
      lifetime.check();
      console.log(`\n${name}`);
      for (const line of await benchList(browser, place)) console.log(`  ${line}`);
    }
  });
}

async function bench(
  page: WatchedPage,
  server: DemoServer,
  browser: Browser,
  port: number,
): Promise<string[]> {
  const cookies = page.as
    ? await signInByRequest(server.url, { email: demoEmails[page.as], password: server.demo.password })
    : [];
  const address = server.url + page.path;
  const context = await browser.newContext();
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: server.url })));
  // Also counts as a first visit, so that Lighthouse does not measure the server's warm-up.
  const scripts = await measureScripts(await context.newPage(), address);
  await context.close();
  const session = await browser.newBrowserCDPSession();
  // Set in the browser's default context, where Lighthouse opens its page.
  await session.send("Storage.setCookies", {
    cookies: cookies.map((cookie) => ({ ...cookie, url: server.url, httpOnly: true })),
  });
  const results: Result[] = [];
  for (let run = 0; run < runs; run += 1) results.push(await askLighthouse(address, port));
  await session.send("Storage.clearCookies");
  await session.detach();
  const score = ({ categories: of }: Result) => of.performance?.score ?? 0;
  const lhr = results.sort((one, other) => score(one) - score(other))[Math.floor(runs / 2)];
  if (!lhr) throw new Error(`Lighthouse gave nothing about ${address}.`);
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
  const shown = (id: string) => lhr.audits[id]?.displayValue ?? "?";
  return [
    categories.map((id) => `${id} ${Math.round((lhr.categories[id]?.score ?? 0) * 100)}`).join(", "),
    `performance of each run: ${results.map((each) => Math.round(score(each) * 100)).join(", ")}`,
    `first paint ${shown("first-contentful-paint")}, largest ${shown("largest-contentful-paint")}, blocked ${shown("total-blocking-time")}, shift ${shown("cumulative-layout-shift")}`,
    `script ${kilobytes(scripts.total)} gzipped, ${kilobytes(scripts.beyondFramework)} beyond the framework's own (at most ${kilobytes(page.mostScript)})`,
    ...failedAudits(lhr.audits, lhr.categories),
  ];
}

type Result = NonNullable<Awaited<ReturnType<typeof lighthouse>>>["lhr"];

async function askLighthouse(address: string, port: number): Promise<Result> {
  const result = await lighthouse(
    address,
    { port, onlyCategories: [...categories], logLevel: "error" },
    desktopConfig,
  );
  if (!result) throw new Error(`Lighthouse gave nothing about ${address}.`);
  if (result.lhr.runtimeError) throw new Error(`${address}: ${result.lhr.runtimeError.message}`);
  return result.lhr;
}

/** Lists failed audits of the accessibility and best-practices categories. */
function failedAudits(
  audits: Record<string, { title: string; score: number | null; details?: unknown }>,
  of: Record<string, { auditRefs: { id: string; weight: number }[] }>,
): string[] {
  return (["accessibility", "best-practices"] as const).flatMap((category) =>
    (of[category]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${category}: ${audits[id]?.title} ${JSON.stringify(audits[id]?.details ?? "")}`),
  );
}
