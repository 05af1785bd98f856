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
 * Headers in Next's code that may come from a client: what proxies add, and what only answers carry. Whoever updates
 * Next and finds a new name here looks at what it does before it is added.
 */
const harmless = new Set([
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-vercel-id",
  "x-edge-runtime",
  "x-real-ip",
]);

/** Names of headers that Next's server has in its code. */
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

test("every header in which Next speaks to itself is taken from requests to the API", () => {
  const names = namesInNext();
  expect(names.size).toBeGreaterThan(20);
  expect([...names].filter((name) => !isInternal(name, true) && !harmless.has(name)).sort()).toEqual([]);
});

test("what clients and proxies send stays", () => {
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
