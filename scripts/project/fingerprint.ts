import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** What never goes into a build: by folder, and by the end of the name. */
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
 * One value for the names and contents of all files below some places; it changes when any of them does.
 * Folders that begin with a dot are left out.
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
