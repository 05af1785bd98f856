import { expect, type Page } from "@playwright/test";
import { settled } from "./layout";

/**
 * A page whose direction is turned round is its own mirror image: whatever was 20 px from the left is 20 px from the right.
 * What a style sheet places by `left:`, `margin-left` or `text-align: left` stays where it was, and is found.
 */
export async function expectMirrored(page: Page): Promise<void> {
  // A clock that ticks in between moves what follows it. It does not tick twice.
  let stayed = await findStayed(page);
  if (stayed.length > 0) stayed = await findStayed(page);
  expect(stayed, `${page.url()} is not mirrored where it is read from right to left`).toEqual([]);
}

/** Turns the page round and back; returns what stayed where it was. */
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
}

/** Where the page keeps what stood where before it was turned round. */
interface Noted {
  rollcallBoxes?: { measure: () => Map<Element, Box[]>; before: Map<Element, Box[]> };
}

/** Runs in the page: notes where everything stands. */
function noteBoxes(): void {
  const measure = () => {
    const boxes = new Map<Element, Box[]>();
    const range = document.createRange();
    // What was scrolled sideways begins at its beginning again.
    for (const element of document.body.querySelectorAll("*"))
      if (element.scrollLeft !== 0) element.scrollTo({ left: 0, behavior: "instant" });
    for (const element of document.body.querySelectorAll("*")) {
      // What says its own direction keeps it, as telephone numbers do; a drawing is one whole.
      const own = element.parentElement?.closest("[dir], svg");
      if (own && own !== document.documentElement) continue;
      // What scripts place, as in long tables, follows the language instead.
      if (element.closest('[style*="left:"], [style*="right:"]')) continue;
      const { display, visibility, unicodeBidi } = getComputedStyle(element);
      // Words, and what stands among them, follow the direction of their own script.
      if (display.startsWith("inline") || display === "contents" || visibility === "hidden") continue;
      const { left, right, width, height } = element.getBoundingClientRect();
      // What is read out and not seen is a pixel wide, wherever it is.
      if (width <= 1 || height <= 1) continue;
      boxes.set(element, [{ left, right }]);
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      // What people wrote begins where its own script does.
      if (!hasText || element.hasAttribute("dir") || unicodeBidi === "plaintext") continue;
      range.selectNodeContents(element);
      const text = range.getBoundingClientRect();
      if (text.width > 0) boxes.get(element)?.push({ left: text.left, right: text.right });
    }
    return boxes;
  };
  (window as Noted).rollcallBoxes = { measure, before: measure() };
}

/** Runs in the page, once it is turned round: what is not where the mirror image has it. */
function findNotMirrored(): string[] {
  const noted = (window as Noted).rollcallBoxes;
  if (!noted) throw new Error("Nothing was noted before.");
  const { clientWidth } = document.documentElement;
  const after = noted.measure();
  const stayed = [...noted.before].filter(([element, before]) => {
    const now = after.get(element);
    return (
      now &&
      before.some(({ left, right }, index) => {
        const box = now[index];
        return (
          box &&
          (Math.abs(clientWidth - right - box.left) > 2 || Math.abs(clientWidth - left - box.right) > 2)
        );
      })
    );
  });
  // What stands inside of something that stayed is no news.
  const found = new Set(stayed.map(([element]) => element));
  return stayed
    .filter(([element]) => !element.parentElement || !found.has(element.parentElement))
    .slice(0, 8)
    .map(([element, before]) => {
      const of = (boxes: Box[] | undefined) => JSON.stringify(boxes?.map(({ left, right }) => [left, right]));
      return `${of(before)} became ${of(after.get(element))}: ${element.outerHTML.slice(0, 200)}`;
    });
}
