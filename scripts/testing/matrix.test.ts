import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { listedPages } from "@/e2e/support/ui/page-list";
import { projectDir } from "../paths";
import { runNode } from "../project/prepare";
import { FIREFOX_VARIABLE } from "./firefox";
import { MATRIX_VARIABLE, matrixFor, wantsFirefox } from "./matrix";

/** The used parts of Playwright's test list. */
interface Suite {
  suites?: Suite[];
  specs?: { title: string; file: string; tags: string[]; tests: { projectName: string }[] }[];
}

interface Listed {
  title: string;
  file: string;
  tags: string[];
  project: string;
}

/** Returns every test that Playwright would run, once per project. */
async function listTests(matrix: "whole" | "small"): Promise<Listed[]> {
  const cli = join(projectDir, "node_modules", "@playwright", "test", "cli.js");
  const { code, output } = await runNode([cli, "test", "--list", "--reporter=json"], {
    env: {
      ...process.env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: "",
      PLAYWRIGHT_CHROMIUM_EXECUTABLE: process.execPath,
      TEST_BASE_URL: "http://127.0.0.1:9",
      TEST_PASSWORD: "none",
      [MATRIX_VARIABLE]: matrix,
      [FIREFOX_VARIABLE]: process.execPath,
    },
  });
  if (code !== 0) throw new Error(output);
  const flat = (suite: Suite): Listed[] => [
    ...(suite.specs ?? []).flatMap(({ tests, title, file, tags }) =>
      tests.map(({ projectName }) => ({ title, file, tags, project: projectName })),
    ),
    ...(suite.suites ?? []).flatMap(flat),
  ];
  return flat(JSON.parse(output.slice(output.indexOf("{"))));
}

const named = ({ file, title }: Listed) => `${file} ${title}`;
let whole: Listed[] = [];
let small: Listed[] = [];
const of = (tests: Listed[], project: string) => tests.filter((each) => each.project === project).map(named);
const isForFirefox = ({ file }: Listed) => file === "pages/firefox.page.ts";
const isJourney = ({ file }: Listed) => file.endsWith(".journey.ts");

beforeAll(async () => {
  [whole, small] = await Promise.all([listTests("whole"), listTests("small")]);
});

test("the full matrix has every journey in all four environments and every page once", () => {
  const journeys = whole.filter(isJourney);
  const pages = whole.filter((each) => !isJourney(each) && !isForFirefox(each));
  const all = new Set(journeys.map(named));
  expect(all.size).toBeGreaterThan(50);
  for (const project of ["chromium", "st-johns", "kathmandu", "arabic"])
    expect(new Set(of(journeys, project))).toEqual(all);
  expect(pages.length).toBeGreaterThan(50);
  expect(new Set(pages.map(({ project }) => project))).toEqual(new Set(["chromium"]));
});

test("Firefox runs the journeys of sign-in, list, profile and schedule once and opens every page", () => {
  const inFirefox = of(whole, "firefox");
  expect(new Set(inFirefox).size).toBe(inFirefox.length);
  const wanted = whole.filter(
    (each) => each.project === "st-johns" && /\/(sign-in|list-|editor-)[\w-]*\.journey\.ts$/.test(each.file),
  );
  expect(wanted.length).toBeGreaterThan(50);
  const opened = whole.filter(isForFirefox);
  expect(opened.length).toBe(listedPages.length);
  expect(new Set(inFirefox)).toEqual(new Set([...wanted, ...opened].map(named)));
  expect(of(small, "firefox")).toEqual([]);
});

test("the small matrix omits only Firefox and repeats only tagged tests", () => {
  const notForFirefox = whole.filter((each) => !isForFirefox(each));
  expect(new Set(small.map(named))).toEqual(new Set(notForFirefox.map(named)));
  const all = of(small.filter(isJourney), "st-johns");
  expect(new Set(all)).toEqual(new Set(whole.filter(isJourney).map(named)));
  const withTag = (tag: string) => of(whole, "st-johns").filter((name) => tagsOf(name).includes(tag));
  expect(of(small, "kathmandu")).toEqual(withTag("time"));
  expect(of(small, "arabic")).toEqual(withTag("language"));
  expect(of(small, "chromium").every((name) => name.includes(".page.ts "))).toBe(true);
  expect(withTag("time").length).toBeGreaterThan(3);
  expect(withTag("language").length).toBeGreaterThan(10);
});

const tagsOf = (name: string) => whole.find((each) => named(each) === name)?.tags ?? [];

test("journeys that use the browser's zone or language have the matching tag", () => {
  const folder = join(projectDir, "e2e", "ui");
  const missing = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".journey.ts"))
    .flatMap((file) => journeysOf(readFileSync(join(folder, file), "utf8")))
    .flatMap(({ head, asks }) => [
      ...(/\btimezoneId\b/.test(asks) && !head.includes('"@time"') ? [`@time: ${head}`] : []),
      ...(/\b(language|locale)\b/.test(asks) && !head.includes('"@language"') ? [`@language: ${head}`] : []),
    ]);
  expect(missing).toEqual([]);
});

/** Returns for each test in a file its title and tags, and the fixtures it uses. */
function journeysOf(text: string): { head: string; asks: string }[] {
  return text
    .split(/^ *test\(/m)
    .slice(1)
    .map((part) => {
      const [, head = "", asks = ""] = /^([\s\S]*?)async \(\{([\s\S]*?)\}\)/.exec(part) ?? [];
      return { head, asks };
    });
}

test("the full matrix runs with --full or a named project", () => {
  expect(matrixFor(false, ["list"])).toBe("small");
  expect(matrixFor(true, [])).toBe("whole");
  expect(matrixFor(false, ["list", "--project=arabic"])).toBe("whole");
  expect(matrixFor(false, ["--project", "chromium"])).toBe("whole");
});

test("Firefox runs with --full or if its project is named", () => {
  expect(wantsFirefox(false, ["list"])).toBe(false);
  expect(wantsFirefox(false, ["list", "--project=arabic"])).toBe(false);
  expect(wantsFirefox(false, ["list", "--project=firefox"])).toBe(true);
  expect(wantsFirefox(false, ["--project", "firefox"])).toBe(true);
  expect(wantsFirefox(true, ["list"])).toBe(true);
  expect(wantsFirefox(true, ["--project=chromium"])).toBe(false);
});
