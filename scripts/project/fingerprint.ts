import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** Folders and file name endings that don't affect a build. */
const notBuilt = new Set([
  "node_modules",
  "bench",
  "scripts",
  "e2e",
  "docs",
  "test-results",
  "playwright-report",
]);
const notBuiltEnds = [
  ".md",
  "playwright.config.ts",
  "vitest.config.ts",
  ".test.ts",
  ".test.tsx",
  ".tsbuildinfo",
  "next-env.d.ts",
];

/**
 * Returns a hash of the names and contents of all files under `places`. Skips folders that start with a dot.
 */
export async function fingerprint(
  root: string,
  places: readonly string[],
  also: readonly string[] = [],
): Promise<string> {
  const files = (await Promise.all(places.map((place) => filesBelow(root, place)))).flat().sort();
  const hash = createHash("sha256");
  const contents = await Promise.all(files.map((file) => readFile(file)));
  for (const [index, content] of contents.entries()) {
    hash.update(
      `${relative(root, files[index] ?? "")
        .split(sep)
        .join("/")}\0${content.length}\0`,
    );
    hash.update(content);
  }
  for (const text of also) hash.update(`\0${text}`);
  return hash.digest("hex");
}

async function filesBelow(root: string, place: string): Promise<string[]> {
  const entries = await readdir(join(root, place), { withFileTypes: true }).catch(() => []);
  const nested = entries.map(async (entry) => {
    if (entry.name.startsWith(".") || notBuilt.has(entry.name)) return [];
    const path = join(place, entry.name);
    if (entry.isDirectory()) return path === join("lib", "generated") ? [] : filesBelow(root, path);
    if (!entry.isFile() || notBuiltEnds.some((end) => entry.name.endsWith(end))) return [];
    return [join(root, path)];
  });
  return (await Promise.all(nested)).flat();
}
