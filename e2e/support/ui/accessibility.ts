import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";
import type { RunOptions } from "axe-core";
import { settled } from "./layout";

/** WCAG 2.2 level AA with all lower levels, and axe's best practices. */
const tags: RunOptions["runOnly"] & object = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
};

const colorRules: RunOptions["runOnly"] & object = {
  type: "rule",
  values: ["color-contrast", "link-in-text-block"],
};

/** What can differ in another window size. */
const layoutRules: RunOptions["runOnly"] & object = {
  type: "rule",
  values: ["target-size", "scrollable-region-focusable"],
};

/** A color scheme: the system's preference, and the theme chosen in the product, which takes precedence. */
interface Look {
  system: "light" | "dark";
  chosen?: "light" | "dark";
}

const systemLooks: Look[] = [{ system: "light" }, { system: "dark" }];

const allLooks: Look[] = [
  ...systemLooks,
  { system: "light", chosen: "dark" },
  { system: "dark", chosen: "light" },
];

/**
 * Expects no axe violations in light and dark. `byChoice` also tests a theme that contradicts the system's.
 * That checks the color tokens, so one page is enough. At a second width, the dark scheme can be left out.
 */
export async function expectAccessible(page: Page, { byChoice = false, inDark = true } = {}): Promise<void> {
  const looks = byChoice ? allLooks : systemLooks.filter(({ system }) => inDark || system === "light");
  const before = await page.evaluate(() => document.documentElement.dataset.theme);
  await stopTransitions(page);
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.system, reducedMotion: "reduce" });
    await chooseTheme(page, look.chosen);
    await settled(page);
    // Color schemes differ only in colors.
    const { violations, passes } = await runAxe(page, look === looks[0] ? tags : colorRules);
    const what = `${page.url()} (system ${look.system}, chosen ${look.chosen ?? "nothing"})`;
    expect(violations, what).toEqual([]);
    // Guards against an empty page, which violates no rule.
    expect(passes, `${what}: rules that passed`).toBeGreaterThan(0);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await chooseTheme(page, before);
  await page.evaluate(() => document.adoptedStyleSheets.pop());
}

/** Expects no axe violations of rules about sizes and scrolling, for a page that was tested in another window size. */
export async function expectUsableSizes(page: Page): Promise<void> {
  const { violations, passes } = await runAxe(page, layoutRules);
  expect(violations, page.url()).toEqual([]);
  expect(passes, `${page.url()}: rules that passed`).toBeGreaterThan(0);
}

/** Adds a style sheet. A change of scheme would start a transition of each element, which takes up to two seconds. */
async function stopTransitions(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after { transition: none !important }");
    document.adoptedStyleSheets.push(sheet);
  });
}

/** Rows and items after the eighth. They repeat what axe has checked and slow it down. */
const moreOfTheSame = ':is(tbody, ul, ol, [role="rowgroup"]) > :nth-child(n + 9)';

/** Minified: a browser compiles it in half the time, which is as long as a run of axe. */
let axeSource: Promise<string> | undefined;

/**
 * Runs axe in the page and returns only what a test needs. The usual builder also transfers every element
 * that passed, which takes up to eight times as long.
 */
async function runAxe(
  page: Page,
  runOnly: RunOptions["runOnly"] & object,
): Promise<{ violations: { rule: string; help: string; nodes: string[] }[]; passes: number }> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await axeSource);
  return page.evaluate(
    async ({ exclude, options }) => {
      const runner = (window as unknown as { axe: typeof axe }).axe;
      // Without the HTML of every element that passed, it takes about 25 % less time.
      runner.configure({ noHtml: true });
      const { violations, passes } = await runner.run({ exclude: [exclude] }, options);
      return {
        violations: violations.map(({ id, help, nodes }) => ({
          rule: id,
          help,
          nodes: nodes.map(
            ({ element, failureSummary }) => `${element?.outerHTML.slice(0, 300)}\n${failureSummary}`,
          ),
        })),
        passes: passes.length,
      };
    },
    {
      exclude: moreOfTheSame,
      options: {
        runOnly,
        resultTypes: ["violations"],
        elementRef: true,
        // Only needed for experimental rules.
        preload: false,
      } satisfies RunOptions,
    },
  );
}

async function chooseTheme(page: Page, theme: string | undefined): Promise<void> {
  await page.evaluate((chosen) => {
    if (chosen === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
  }, theme);
}
