import { expect, type Page } from "@playwright/test";
import { settled } from "./layout";

/**
 * Expects that the page becomes its mirror image when its direction is reversed: 20 px from the left becomes
 * 20 px from the right. Finds physical CSS such as `left:`, `margin-left` and `text-align: left`.
 */
export async function expectMirrored(page: Page): Promise<void> {
  // Retries once, because a clock tick may move elements between the two measurements.
  let stayed = await findStayed(page);
  if (stayed.length > 0) stayed = await findStayed(page);
  expect(stayed, `${page.url()} is not mirrored where it is read from right to left`).toEqual([]);
}

/** Reverses the page and restores it; returns the elements that did not move. */
async function findStayed(page: Page): Promise<string[]> {
  await settled(page);
  const turn = () =>
    page.evaluate(() => {
      const root = document.documentElement;
      root.dir = root.dir === "rtl" ? "ltr" : "rtl";
    });
  await page.evaluate(noteBoxes);
  await turn();
  try {
    await settled(page);
    return await page.evaluate(findNotMirrored);
  } finally {
    await turn();
  }
}

interface Box {
  left: number;
  right: number;
  /**
   * Compares only the start edge: multi-line text may wrap differently in the other direction, and a script,
   * such as a countdown, may change the width.
   */
  startsOnly?: boolean;
}

/** Where the page stores the positions before it is reversed. */
interface Noted {
  rollcallBoxes?: { measure: () => Map<Element, Box[]>; before: Map<Element, Box[]> };
}

/** Runs in the page. Records the position of every element. */
function noteBoxes(): void {
  const measure = () => {
    const boxes = new Map<Element, Box[]>();
    const range = document.createRange();
    // A change of direction resets horizontal scrolling.
    for (const element of document.body.querySelectorAll("*"))
      if (element.scrollLeft !== 0) element.scrollTo({ left: 0, behavior: "instant" });
    for (const element of document.body.querySelectorAll("*")) {
      // Elements with their own `dir` keep it, such as phone numbers; an SVG counts as a whole.
      const own = element.parentElement?.closest("[dir], svg");
      if (own && own !== document.documentElement) continue;
      // Positions set by scripts, as in virtualized tables, follow the language, not `dir`.
      if (element.closest('[style*="left:"], [style*="right:"]')) continue;
      const { display, visibility, unicodeBidi } = getComputedStyle(element);
      // Inline content follows the direction of its script.
      if (display.startsWith("inline") || display === "contents" || visibility === "hidden") continue;
      const { left, right, width, height } = element.getBoundingClientRect();
      // Visually hidden text is one pixel wide at any position.
      if (width <= 1 || height <= 1) continue;
      boxes.set(element, [{ left, right, startsOnly: element.matches('[style*="width:"]') }]);
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      // User content aligns with its own script.
      if (!hasText || element.hasAttribute("dir") || unicodeBidi === "plaintext") continue;
      range.selectNodeContents(element);
      const text = range.getBoundingClientRect();
      const startsOnly = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
      if (text.width > 0) boxes.get(element)?.push({ left: text.left, right: text.right, startsOnly });
    }
    return boxes;
  };
  (window as Noted).rollcallBoxes = { measure, before: measure() };
}

/** Runs in the reversed page. Returns the elements that are not at their mirrored position. */
function findNotMirrored(): string[] {
  const noted = (window as Noted).rollcallBoxes;
  if (!noted) throw new Error("Nothing was noted before.");
  const { clientWidth } = document.documentElement;
  const after = noted.measure();
  const stayed = [...noted.before].filter(([element, before]) => {
    const now = after.get(element);
    return (
      now &&
      before.some(({ left, right, startsOnly }, index) => {
        const box = now[index];
        if (!box) return false;
        const start = Math.abs(clientWidth - left - box.right);
        const end = startsOnly || box.startsOnly ? 0 : Math.abs(clientWidth - right - box.left);
        return start > 2 || end > 2;
      })
    );
  });
  // Report only the outermost elements.
  const found = new Set(stayed.map(([element]) => element));
  return stayed
    .filter(([element]) => !element.parentElement || !found.has(element.parentElement))
    .slice(0, 8)
    .map(([element, before]) => {
      const of = (boxes: Box[] | undefined) => JSON.stringify(boxes?.map(({ left, right }) => [left, right]));
      return `${of(before)} became ${of(after.get(element))}: ${element.outerHTML.slice(0, 200)}`;
    });
}
