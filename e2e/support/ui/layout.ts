import { expect, type Page } from "@playwright/test";

interface Shift {
  value: number;
  nodes: string[];
}

/** Where the page keeps what has shifted since it was opened. */
interface Watched {
  rollcallShifts?: Shift[];
}

/** The width of a small phone, and the height of its screen. */
const phone = { width: 360, height: 780 };

/** How much may shift in a page's life, as the layout shift score counts it; a "good" page has at most 0.1. */
const mostShift = 0.02;

/** Runs in the page before its own scripts: notes everything that shifts without anybody having touched anything. */
export function recordLayoutShifts(): void {
  // Firefox does not tell.
  if (!PerformanceObserver.supportedEntryTypes.includes("layout-shift")) return;
  const shifts: Shift[] = [];
  (window as Watched).rollcallShifts = shifts;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: { node?: Node }[];
    })[]) {
      if (entry.hadRecentInput) continue;
      const nodes = entry.sources.map(({ node }) =>
        node instanceof Element ? node.outerHTML.slice(0, 120) : `"${node?.textContent?.slice(0, 60) ?? ""}"`,
      );
      shifts.push({ value: entry.value, nodes });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Waits until a page has drawn what it has: nothing is busy, fonts and pictures are there, nothing moves. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    // Pictures that are loaded as they come into view may never do so.
    const pictures = [...document.images].filter((image) => image.loading !== "lazy" && !image.complete);
    await Promise.all(
      pictures.map(
        (image) =>
          new Promise((resolve) => {
            image.addEventListener("load", resolve);
            image.addEventListener("error", resolve);
          }),
      ),
    );
    // A page that draws nothing has no frames, and an animation of what is out of sight may never end: neither is waited
    // for without end.
    const pause = () =>
      new Promise((resolve) => {
        requestAnimationFrame(resolve);
        setTimeout(resolve, 100);
      });
    const isMoving = ({ playState, effect }: Animation) =>
      playState === "running" && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 100 && document.getAnimations().some(isMoving); turn += 1) await pause();
    await pause();
    await pause();
  });
}

/** Nothing has shifted since the page was opened but what somebody's hand has set in motion. */
export async function expectNoLayoutShift(page: Page): Promise<void> {
  await settled(page);
  const shifts = await page.evaluate(() => (window as Watched).rollcallShifts);
  if (!shifts) throw new Error("Nothing watched for shifts: open the page by a fixture.");
  const sum = shifts.reduce((total, shift) => total + shift.value, 0);
  expect(sum, `Layout shifts of ${page.url()}: ${JSON.stringify(shifts, null, 2)}`).toBeLessThan(mostShift);
}

/** At the width of a small phone nothing reaches beyond the edge. The page is then as wide as before again. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(phone);
  try {
    await settled(page);
    const { width, beyond } = await page.evaluate(measureWidth);
    const what = `${page.url()} is wider than ${phone.width} px; beyond the edge: ${beyond.join("\n")}`;
    expect(width, what).toBeLessThanOrEqual(phone.width);
  } finally {
    if (before) await page.setViewportSize(before);
  }
}

/** Runs in the page: how wide it is, and what makes it wider than the window. */
function measureWidth(): { width: number; beyond: string[] } {
  const edge = document.documentElement.clientWidth;
  const sticksOut = [...document.body.querySelectorAll("*")].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (right > edge + 0.5 || left < -0.5);
  });
  return {
    width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    beyond: sticksOut.slice(0, 8).map((element) => element.outerHTML.slice(0, 160)),
  };
}

/** Windows in which a document must not be larger than the window: a small phone, a laptop and a desk. */
export const windows = {
  phone: { width: 360, height: 640 },
  laptop: { width: 1366, height: 650 },
  desk: { width: 1440, height: 900 },
} as const;

/**
 * The document is no larger than its window, so that the page never slides away as a whole: what is longer scrolls in a
 * box of its own. `isDocument` is for pages that are read as one long document, which may be higher.
 */
export async function expectFitsWindow(page: Page, { isDocument = false } = {}): Promise<void> {
  const { excess, beyond } = await page.evaluate(measureDocument);
  const what = `${page.url()} is larger than its window; beyond it: ${beyond.join("\n")}`;
  expect(isDocument ? { ...excess, height: 0 } : excess, what).toEqual({ width: 0, height: 0 });
}

/** Runs in the page: pixels by which the document exceeds the window, and the elements that make it so. */
function measureDocument(): { excess: { width: number; height: number }; beyond: string[] } {
  const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
  // What lies in a box that scrolls does not count, unless it is positioned in relation to something around that box.
  const escapes = (element: Element) => {
    let absolute = false;
    for (let each: Element | null = element; each && each !== document.body; each = each.parentElement) {
      const { position, overflow } = getComputedStyle(each);
      if (position === "fixed") return false;
      if (each !== element && overflow !== "visible" && (!absolute || position !== "static")) return false;
      if (position !== "static") absolute = position === "absolute";
    }
    return true;
  };
  const beyond = [...document.body.querySelectorAll("*")].filter((element) => {
    const { right, bottom, left } = element.getBoundingClientRect();
    return (bottom > clientHeight + 1 || right > clientWidth + 1 || left < -1) && escapes(element);
  });
  // A page's own scroller goes up and down alone.
  const main = document.querySelector("main");
  return {
    excess: {
      width: Math.max(0, scrollWidth - clientWidth, (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0)),
      height: Math.max(0, scrollHeight - clientHeight),
    },
    beyond: beyond.slice(0, 8).map((element) => element.outerHTML.slice(0, 160)),
  };
}
