import { expect, type Page } from "@playwright/test";

interface Shift {
  value: number;
  nodes: string[];
}

/** Where the page stores its layout shifts. */
interface Watched {
  rollcallShifts?: Shift[];
}

/** The window of a small phone. */
const phone = { width: 360, height: 780 };

/** Maximum layout shift score of a page. Web Vitals rates up to 0.1 as good. */
const mostShift = 0.02;

/** Runs in the page before its scripts. Records layout shifts without recent user input. */
export function recordLayoutShifts(): void {
  // Firefox does not support layout-shift entries.
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

/**
 * Waits until a page has finished rendering: nothing is busy, fonts and images have loaded, nothing moves.
 */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    // A lazy image outside the viewport may never load.
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
    // Bounded, because a hidden page renders no frames and an off-screen animation may never end.
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

/** Expects no layout shift since the page was opened, except after user input. */
export async function expectNoLayoutShift(page: Page): Promise<void> {
  await settled(page);
  const shifts = await page.evaluate(() => (window as Watched).rollcallShifts);
  if (!shifts) throw new Error("Nothing watched for shifts: open the page by a fixture.");
  const sum = shifts.reduce((total, shift) => total + shift.value, 0);
  expect(sum, `Layout shifts of ${page.url()}: ${JSON.stringify(shifts, null, 2)}`).toBeLessThan(mostShift);
}

/** Expects no horizontal overflow at the width of a small phone. Restores the width afterwards. */
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

/** Runs in the page. Returns its width and the elements that exceed the window. */
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

/** Window sizes that a document must fit: small phone, laptop and desktop. */
export const windows = {
  phone: { width: 360, height: 640 },
  laptop: { width: 1366, height: 650 },
  desk: { width: 1440, height: 900 },
} as const;

/**
 * Expects the document to fit its window, so that only inner boxes scroll. `isDocument` allows any height,
 * for pages that are one long document.
 */
export async function expectFitsWindow(page: Page, { isDocument = false } = {}): Promise<void> {
  const { excess, beyond } = await page.evaluate(measureDocument);
  const what = `${page.url()} is larger than its window; beyond it: ${beyond.join("\n")}`;
  expect(isDocument ? { ...excess, height: 0 } : excess, what).toEqual({ width: 0, height: 0 });
}

/**
 * Runs in the page. Returns the pixels by which the document exceeds the window, and the elements that cause
 * it.
 */
function measureDocument(): { excess: { width: number; height: number }; beyond: string[] } {
  const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
  // Content of a scroll container does not count, unless it is positioned relative to an element outside it.
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
  // A page's own scroll container scrolls vertically only.
  const main = document.querySelector("main");
  return {
    excess: {
      width: Math.max(0, scrollWidth - clientWidth, (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0)),
      height: Math.max(0, scrollHeight - clientHeight),
    },
    beyond: beyond.slice(0, 8).map((element) => element.outerHTML.slice(0, 160)),
  };
}
