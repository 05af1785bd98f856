import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import { projectDir } from "../scripts/paths";
import { watchRequests } from "../scripts/testing/quiet-page";

/** Milliseconds without a request after which a page has its scripts and its data. */
const quietTime = 1_000;

/** The scripts that a page loads on its first visit. */
export interface ScriptBytes {
  /** Gzipped bytes of all scripts. */
  total: number;
  /** Gzipped bytes without the framework's scripts. */
  beyondFramework: number;
  files: { file: string; bytes: number; framework: boolean }[];
}

/**
 * Returns the framework's own scripts: React, Next.js' router and the chunk loader, as named in the build
 * manifest. Every page loads these (polyfills only in browsers without modules); anything else is ours.
 */
async function frameworkFiles(): Promise<Set<string>> {
  const text = await readFile(join(projectDir, ".next", "build-manifest.json"), "utf8");
  const manifest: { rootMainFiles: string[]; polyfillFiles: string[] } = JSON.parse(text);
  if (manifest.rootMainFiles.length === 0) throw new Error("The build names no scripts of the framework.");
  return new Set([...manifest.rootMainFiles, ...manifest.polyfillFiles]);
}

/**
 * Opens an unused page and measures its scripts in compressed form. Blocks prefetches, because they load
 * scripts of other pages.
 */
export async function measureScripts(page: Page, address: string): Promise<ScriptBytes> {
  const framework = await frameworkFiles();
  const scripts = new Map<string, Promise<number>>();
  const onResponse = (response: Response) => {
    if (response.request().resourceType() !== "script" || !response.ok()) return;
    const file = decodeURIComponent(new URL(response.url()).pathname).replace(/^\/_next\//, "");
    scripts.set(
      file,
      response.body().then((body) => gzipSync(body).length),
    );
  };
  page.on("response", onResponse);
  // Tells Next.js that there is nothing to prefetch.
  await page.route("**/*", (route) =>
    route.request().headers()["next-router-prefetch"] === undefined
      ? route.fallback()
      : route.fulfill({ status: 204 }),
  );
  const quiet = watchRequests(page, quietTime);
  await page.goto(address);
  // Scripts that have arrived may ask for others when they run.
  await quiet();
  await page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve())));
  await quiet();
  // The body of a later script could not be read if the page closes meanwhile.
  page.off("response", onResponse);
  if (page.url() !== address) throw new Error(`${address} led to ${page.url()}: that is another page.`);
  const files = await Promise.all(
    [...scripts].map(async ([file, bytes]) => ({ file, bytes: await bytes, framework: framework.has(file) })),
  );
  if (!files.some((each) => each.framework))
    throw new Error(
      `${address} has loaded no script of the framework: the build is not the one that is served.`,
    );
  const sum = (some: typeof files) => some.reduce((total, { bytes }) => total + bytes, 0);
  return {
    total: sum(files),
    beyondFramework: sum(files.filter((each) => !each.framework)),
    files: files.sort((a, b) => b.bytes - a.bytes),
  };
}
