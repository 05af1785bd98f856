import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { projectDir } from "../paths";

type IsInternal = (name: string, forApi: boolean) => boolean;

let isInternal: IsInternal;
beforeAll(async () => {
  const path = pathToFileURL(join(projectDir, "scripts", "server", "request-headers.mjs")).href;
  ({ isInternal } = (await import(path)) as { isInternal: IsInternal });
});

/**
 * Headers in Next.js' code that clients may send: those of proxies, and response headers. If a Next.js update
 * adds a name, check what it does before adding it here.
 */
const harmless = new Set([
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-vercel-id",
  "x-edge-runtime",
  "x-real-ip",
]);

/** Returns the header names in Next.js' server code. */
function namesInNext(): Set<string> {
  const names = new Set<string>();
  const next = join(projectDir, "node_modules", "next", "dist");
  for (const folder of ["server", join("client", "components"), join("shared", "lib"), "lib"])
    for (const path of readdirSync(join(next, folder), { recursive: true, encoding: "utf8" })) {
      if (!path.endsWith(".js") || /(^|[\\/])dev[\\/]/.test(path)) continue;
      const text = readFileSync(join(next, folder, path), "utf8");
      for (const [, name] of text.matchAll(
        /['"`](x-(?:middleware|next|now|invoke|vercel|matched|prerender|action|forwarded)[a-z-]*)['"`]/g,
      ))
        names.add((name ?? "").replace(/-$/, ""));
      for (const [, name] of text.matchAll(/headers(?:\.get\(|\[)['"`]((?:x|next)-[a-z-]+|rsc)['"`]/g))
        names.add(name ?? "");
    }
  return names;
}

test("every internal header of Next.js is removed from API requests", () => {
  const names = namesInNext();
  expect(names.size).toBeGreaterThan(20);
  expect([...names].filter((name) => !isInternal(name, true) && !harmless.has(name)).sort()).toEqual([]);
});

test("headers of clients and proxies are kept", () => {
  for (const name of [
    "x-forwarded-for",
    "x-request-id",
    "x-requested-with",
    "x-real-ip",
    "range",
    "origin",
    "referer",
    "nextcloud",
  ])
    expect(isInternal(name, true), name).toBe(false);
});
