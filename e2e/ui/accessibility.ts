import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { settled } from "./layout";

/** WCAG 2.2 at level AA with all that it builds on, and what is good practice besides. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

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
 * Nobody is kept from using the page as it is now: axe finds nothing in light and dark, however they came about. Whether
 * a person's choice wins is a matter of the tokens, not of a page: looking at many pages, leave it out. So is the dark look
 * of a page at a second width.
 */
export async function expectAccessible(page: Page, { byChoice = true, inDark = true } = {}): Promise<void> {
  const looks = byChoice ? allLooks : systemLooks.filter(({ system }) => inDark || system === "light");
  const before = await page.evaluate(() => document.documentElement.dataset.theme);
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.system, reducedMotion: "reduce" });
    await chooseTheme(page, look.chosen);
    await settled(page);
    const axe = new AxeBuilder({ page });
    // What is not a matter of colour is the same in every look.
    if (look === looks[0]) axe.withTags(tags);
    else axe.withRules(["color-contrast", "link-in-text-block"]);
    const { violations, passes } = await axe.analyze();
    const described = violations.map(({ id, help, nodes }) => ({
      rule: id,
      help,
      nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
    }));
    const what = `${page.url()} (system ${look.system}, chosen ${look.chosen ?? "nothing"})`;
    expect(described, what).toEqual([]);
    // A page that has not been drawn breaks no rule either.
    expect(passes.length, `${what}: rules that had something to look at`).toBeGreaterThan(0);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await chooseTheme(page, before);
}

async function chooseTheme(page: Page, theme: string | undefined): Promise<void> {
  await page.evaluate((chosen) => {
    if (chosen === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
  }, theme);
}
