import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { languages } from "@/lib/platform/locale/locales";
import { projectDir } from "../paths";

type Loader = (this: { getOptions: () => { languages: string[] } }, source: string) => string;

interface Config {
  turbopack: { rules: Record<string, { loaders: { options?: { languages: string[] } }[] }> };
}

/** Loads the default export of a plain JavaScript module. */
async function load<T>(...path: string[]): Promise<T> {
  const { default: exported }: { default: T } = await import(pathToFileURL(join(projectDir, ...path)).href);
  return exported;
}

async function keptLanguages(): Promise<string[]> {
  const { turbopack } = await load<Config>("next.config.mjs");
  const loaders = Object.values(turbopack.rules).flatMap((rule) => rule.loaders);
  return loaders.flatMap((loader) => loader.options?.languages ?? []);
}

test("keeps every language of the product", async () => {
  const kept = await keptLanguages();
  expect(kept.map((tag) => tag.slice(0, 2)).sort()).toEqual([...languages].sort());
});

test.each([
  ["react-aria", "combobox"],
  ["react-stately", "datepicker"],
  ["react-aria-components", "."],
])("removes all other languages from the tables of %s (%s)", async (name, part) => {
  const kept = await keptLanguages();
  const keepLanguages = await load<Loader>("scripts", "build", "keep-languages.mjs");
  const file = join(projectDir, "node_modules", name, "dist", "private", part, "intlStrings.mjs");
  const source = await readFile(file, "utf8");
  const left = keepLanguages.call({ getOptions: () => ({ languages: kept }) }, source);
  const tags = (text: string) => [...new Set(text.match(/[a-z]{2}-[A-Z]{2}(?=")/g))].sort();
  expect(tags(source).length).toBeGreaterThan(30);
  expect(tags(left)).toEqual([...kept].sort());
  expect(left.match(/^import /gm)).toHaveLength(kept.length);
});
