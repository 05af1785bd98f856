import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "@playwright/test";
import sharp from "sharp";
import { Lifetime } from "../lifetime";
import { projectDir } from "../paths";
import { isFree } from "../ports";
import { Problem } from "../problem";
import { type ShownPage, shownPages } from "../screenshots/pages";
import { readTestSettings } from "../settings";
import { signInByRequest } from "../testing/browser-session";
import { chromiumOptions, findChromium } from "../testing/chromium";
import { demoEmails } from "../testing/demo-accounts";
import { type DemoServer, startDemoServer } from "../testing/demo-server";
import { openTestServer } from "../testing/test-server";

/** The time that all screenshots show. */
const moment = "2026-03-10T14:20:00.000Z";

/** The default port of `npm start`. */
const usualPort = 3000;

const looks = [
  { name: "light", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "phone", colorScheme: "light", viewport: { width: 360, height: 780 } },
] as const;

/**
 * `npm run screenshots`: takes screenshots of scripts/screenshots/pages.ts for docs/screenshots, on fresh
 * demo data at a fixed time. `npm run screenshots -- docs` selects pages by name.
 */
export async function screenshots(words: string[]): Promise<void> {
  const pages = shownPages.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  if (pages.length === 0)
    throw new Problem(`No page has this name. Pages: ${shownPages.map(({ name }) => name)}.`);
  const { testDatabaseUrl } = readTestSettings(process.env);
  await Lifetime.of(async (lifetime) => {
    const executable = await findChromium(process.env, console.log);
    // Pages that show their address should show the default port.
    const usual = await isFree(usualPort);
    if (!usual)
      console.log(`Port ${usualPort} is in use. Screenshots of pages that show their address will differ.`);
    // Inherited by the seed and the server.
    process.env.ROLLCALL_SCREENSHOT_TIME = moment;
    const server = await startDemoServer(await openTestServer(testDatabaseUrl, lifetime), lifetime, {
      env: { LOG_LEVEL: "warn" },
      port: usual ? usualPort : undefined,
      preload: [pathToFileURL(join(projectDir, "scripts", "screenshots", "clock.mjs")).href],
      say: console.log,
    });
    const browser = await chromium.launch(chromiumOptions(executable));
    lifetime.onEnd(() => browser.close());
    const folder = join(projectDir, "docs", "screenshots");
    await mkdir(folder, { recursive: true });
    for (const page of pages)
      for (const look of looks) {
        lifetime.check();
        const picture = await photograph(browser, server, page, look);
        const file = `${page.name}-${look.name}.png`;
        await writeFile(join(folder, file), picture);
        console.log(`docs/screenshots/${file} (${Math.round(picture.length / 1024)} KB)`);
      }
  });
}

async function photograph(
  browser: Browser,
  server: DemoServer,
  shown: ShownPage,
  { colorScheme, viewport }: (typeof looks)[number],
): Promise<Buffer> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport,
    colorScheme,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  try {
    if (shown.as !== undefined) {
      const account = { email: demoEmails[shown.as], password: server.demo.password };
      const cookies = await signInByRequest(server.url, account);
      await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: server.url, httpOnly: true })));
    }
    const page = await context.newPage();
    await page.clock.setFixedTime(moment);
    await page.goto(shown.path);
    await idle(page);
    const { pathname } = new URL(page.url());
    if (pathname !== new URL(shown.path, server.url).pathname)
      throw new Problem(`${shown.path} redirected to ${pathname}, which is a different page.`);
    await shown.steps?.(page);
    await idle(page);
    const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
    // Pages have few colors: a palette takes a third of the bytes without a visible difference.
    return await sharp(picture).png({ palette: true, colours: 256, effort: 10, dither: 0 }).toBuffer();
  } finally {
    await context.close();
  }
}

/**
 * Waits until there are no requests and everything is drawn. Pages with an event stream never become idle, so
 * that wait is limited.
 */
async function idle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => undefined);
  // Several lazily loaded parts may show a placeholder.
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], [data-skeleton]'));
  await page.evaluate(async () => {
    await document.fonts.ready;
    // Lazy images outside the viewport are never decoded.
    const shown = [...document.images].filter((image) => image.loading !== "lazy" || image.complete);
    await Promise.allSettled(shown.map((image) => image.decode()));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
