import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { projectDir } from "../scripts/paths";

/** The scripts that a page loads when it's opened for the first time. */
export interface ScriptBytes {
  /** All of them, gzipped. */
  total: number;
  /** Of these, what the page brings along itself. */
  beyondFramework: number;
  files: { file: string; bytes: number; framework: boolean }[];
}

/**
 * The framework's own scripts: React, Next's router and the loader of chunks. These are what every page of the build
 * begins with, also one without any client component of ours, and the build names them in its manifest (with polyfills
 * that only browsers without modules load). All else that a page loads, it loads because of what we have written.
 */
async function frameworkFiles(): Promise<Set<string>> {
  const text = await readFile(join(projectDir, ".next", "build-manifest.json"), "utf8");
  const manifest: { rootMainFiles: string[]; polyfillFiles: string[] } = JSON.parse(text);
  if (manifest.rootMainFiles.length === 0) throw new Error("The build names no scripts of the framework.");
  return new Set([...manifest.rootMainFiles, ...manifest.polyfillFiles]);
}

/**
 * Opens a page and weighs its scripts, compressed as the server does it. What Next fetches ahead for links on the page
 * is kept from it: that belongs to other pages. The page must not have been used before.
 */
export async function measureScripts(page: Page, address: string): Promise<ScriptBytes> {
  const framework = await frameworkFiles();
  const scripts = new Map<string, Promise<number>>();
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script" || !response.ok()) return;
    const file = decodeURIComponent(new URL(response.url()).pathname).replace(/^\/_next\//, "");
    scripts.set(
      file,
      response.body().then((body) => gzipSync(body).length),
    );
  });
  // The answer by which Next learns that there is nothing to be had ahead.
  await page.route("**/*", (route) =>
    route.request().headers()["next-router-prefetch"] === undefined
      ? route.fallback()
      : route.fulfill({ status: 204 }),
  );
  await page.goto(address);
  // A page that listens to the server all the time never falls silent.
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => undefined);
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
