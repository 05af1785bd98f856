import { expect, type Page } from "@playwright/test";
import axe, { type RunOptions } from "axe-core";
import { settled } from "./layout";

/** WCAG 2.2 at level AA with all that it builds on, and what is good practice besides. */
const tags: RunOptions["runOnly"] & object = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
};

const colorRules: RunOptions["runOnly"] & object = {
  type: "rule",
  values: ["color-contrast", "link-in-text-block"],
};

/** A look of the page: what the system asks for, and what the person has chosen here, which wins. */
interface Look {
  system: "light" | "dark";
  chosen?: "light" | "dark";
}

/** Light and dark as the system asks for them. */
const systemLooks: Look[] = [{ system: "light" }, { system: "dark" }];

const allLooks: Look[] = [
  ...systemLooks,
  { system: "light", chosen: "dark" },
  { system: "dark", chosen: "light" },
];

/**
 * axe finds nothing on the page as it is now, in light and dark. `byChoice` also sets a theme against the system's, which
 * tests the tokens rather than the page: one page is enough. A page at a second width can go without the dark look.
 */
export async function expectAccessible(page: Page, { byChoice = false, inDark = true } = {}): Promise<void> {
  const looks = byChoice ? allLooks : systemLooks.filter(({ system }) => inDark || system === "light");
  const before = await page.evaluate(() => document.documentElement.dataset.theme);
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.system, reducedMotion: "reduce" });
    await chooseTheme(page, look.chosen);
    await settled(page);
    // Only colours differ between looks.
    const { violations, passes } = await runAxe(page, look === looks[0] ? tags : colorRules);
    const what = `${page.url()} (system ${look.system}, chosen ${look.chosen ?? "nothing"})`;
    expect(violations, what).toEqual([]);
    // An empty page breaks no rule either.
    expect(passes, `${what}: rules that passed`).toBeGreaterThan(0);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await chooseTheme(page, before);
}

/** Everything after the eighth row of a table or item of a list. It repeats what axe has checked, and axe takes time for each. */
const moreOfTheSame = ':is(tbody, ul, ol, [role="rowgroup"]) > :nth-child(n + 9)';

/**
 * Runs axe inside the page and returns what a test needs. The usual builder sends every element that passed to the test,
 * with a selector for each, which takes up to eight times as long.
 */
async function runAxe(
  page: Page,
  runOnly: RunOptions["runOnly"] & object,
): Promise<{ violations: { rule: string; help: string; nodes: string[] }[]; passes: number }> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ exclude, options }) => {
      const { violations, passes } = await (window as unknown as { axe: typeof axe }).axe.run(
        { exclude: [exclude] },
        options,
      );
      return {
        violations: violations.map(({ id, help, nodes }) => ({
          rule: id,
          help,
          nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
        })),
        passes: passes.length,
      };
    },
    { exclude: moreOfTheSame, options: { runOnly, resultTypes: ["violations"] } satisfies RunOptions },
  );
}

async function chooseTheme(page: Page, theme: string | undefined): Promise<void> {
  await page.evaluate((chosen) => {
    if (chosen === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
  }, theme);
}
