import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { projectDir } from "../paths";

const sourceFolders = readdirSync(projectDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(\.|docs$|node_modules$|test-results$)/.test(entry.name))
  .map((entry) => entry.name);
const sourceFile = /^[\w[\].-]+\.(ts|tsx|mjs|cjs|prisma|css)$/;

const filesBelow = (folder: string) =>
  readdirSync(join(projectDir, folder), { recursive: true, encoding: "utf8" }).map((file) =>
    join(folder, file),
  );

const sources = [...sourceFolders.flatMap(filesBelow), ...readdirSync(projectDir)];
const sourceNames = new Set(sources.map((file) => basename(file)));
const pages = ["README.md", ...["docs", "lib"].flatMap(filesBelow).filter((file) => extname(file) === ".md")];

const read = (file: string) => readFileSync(join(projectDir, file), "utf8");

/** Returns GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

/** Returns whether a path exists; `*` matches any part of a name. */
function exists(path: string): boolean {
  if (existsSync(join(projectDir, path))) return true;
  if (!path.includes("*")) return false;
  const pattern = new RegExp(`^${path.replace(/[.[\]]/g, "\\$&").replaceAll("*", "[^/]*")}$`);
  return sources.some((file) => pattern.test(file));
}

const headingsOf = (markdown: string) =>
  [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading ?? "");

const withoutCode = (markdown: string) => markdown.replace(/^\s*```[\s\S]*?^\s*```$/gm, "");

function brokenLinks(page: string, markdown: string): string[] {
  const links = [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? "");
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    if (target !== page && !existsSync(join(projectDir, target))) return true;
    if (anchor === undefined) return false;
    return !headingsOf(target === page ? markdown : read(target))
      .map(anchorOf)
      .includes(anchor);
  });
}

/** Returns backticked paths that don't exist. Skips names with a placeholder (`<feature>`, `…`). */
function missingPaths(markdown: string): string[] {
  const spans = [...withoutCode(markdown).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? "");
  return spans.filter((span) => {
    if (/[<>…{}\s]/.test(span)) return false;
    const isPath = ["docs", ...sourceFolders].some(
      (folder) => span === folder || span.startsWith(`${folder}/`),
    );
    if (!isPath) return sourceFile.test(span) && !sourceNames.has(span);
    return !exists(span);
  });
}

const unknownScripts = (markdown: string) =>
  [...markdown.matchAll(/npm run ([\w:-]+)/g)]
    .map(([, script]) => script ?? "")
    .filter((script) => !(script in packageJson.scripts));

const problemsOf = (page: string, markdown: string) => [
  ...brokenLinks(page, markdown).map((link) => `${page}: the link ${link} leads nowhere`),
  ...missingPaths(markdown).map((path) => `${page}: there is no ${path}`),
  ...unknownScripts(markdown).map((script) => `${page}: package.json has no script ${script}`),
];

/** Returns cited pages and sections that don't exist, such as `docs/contract.md §9`. */
function missingCitations(text: string): string[] {
  const cited = [...text.matchAll(/\b(docs\/[\w/-]+\.md)(?: §(\d+))?/g)];
  return cited
    .filter(([, page = "", section]) => {
      if (!existsSync(join(projectDir, page))) return true;
      return (
        section !== undefined && !headingsOf(read(page)).some((heading) => heading.startsWith(`${section}. `))
      );
    })
    .map(([citation]) => citation);
}

describe("README and docs", () => {
  test("contain only links, files and scripts that exist", () => {
    expect(pages.length).toBeGreaterThan(30);
    expect(pages.flatMap((page) => problemsOf(page, read(page)))).toEqual([]);
  });

  test("contain every page and section that the code cites", () => {
    const citing = sources.filter(
      (file) => /\.(ts|tsx|mjs|cjs)$/.test(file) && !file.endsWith("docs.test.ts"),
    );
    const texts = citing.map((file) => [relative(".", file), read(file)] as const);
    expect(texts.filter(([, text]) => text.includes("docs/contract.md §")).length).toBeGreaterThan(5);
    expect(texts.flatMap(([file, text]) => missingCitations(text).map((each) => `${file}: ${each}`))).toEqual(
      [],
    );
  });

  test("are checked: a page with mistakes is reported", () => {
    const page = [
      "# A page",
      "[right](contract.md#2-errors), [no page](nowhere.md), [no section](contract.md#9-nothing), [here](#a-page)",
      "`lib/env.ts`, `lib/nothing.ts`, `e2e/ui/journeys/*/*.journey.ts`, `e2e/ui/pages/*.nothing.ts`, `lib/<feature>/calls.ts`",
      "`proxy.ts`, `nothing.mjs`, `npm run dev`, `npm run nothing`",
      "```ts\n[not a link](nowhere.md)\n```",
    ].join("\n\n");
    expect(problemsOf("docs/page.md", page)).toEqual([
      "docs/page.md: the link nowhere.md leads nowhere",
      "docs/page.md: the link contract.md#9-nothing leads nowhere",
      "docs/page.md: there is no lib/nothing.ts",
      "docs/page.md: there is no e2e/ui/pages/*.nothing.ts",
      "docs/page.md: there is no nothing.mjs",
      "docs/page.md: package.json has no script nothing",
    ]);
    expect(
      missingCitations("docs/contract.md §4, docs/contract.md §9, docs/decisions/0099-nothing.md"),
    ).toEqual(["docs/contract.md §9", "docs/decisions/0099-nothing.md"]);
  });
});
