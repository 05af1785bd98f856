import type { Locator, Page } from "@playwright/test";
import agents from "@/lib/platform/locale/messages/en/agents.json" with { type: "json" };
import availability from "@/lib/platform/locale/messages/en/availability.json" with { type: "json" };

/** An interaction with the agent list and the milliseconds until the page showed its result. */
export interface Interaction {
  name: string;
  times: number[];
}

/** Results of the agent list benchmark. */
export interface ListUse {
  interactions: Interaction[];
  /** Frames drawn while scrolling, and the number possible at 60 Hz. */
  scroll: { drawn: number; possible: number };
  /** Heap size in bytes after garbage collection, before and after turning pages. */
  heap: { before: number; after: number; pages: number };
}

/** Even together with the uncounted warm-up turn, so that toggles end in their initial state. */
const repeats = 9;
const turnedPages = 50;

/** The part of the page that shows the result of an action. */
type Sign = "rows" | "status";

/**
 * Uses the agent list like a supervisor and measures from the browser's timestamp of the input event to the
 * frame that shows the result. The page must be the list, in English and signed in.
 */
export async function workThroughList(page: Page): Promise<ListUse> {
  // esbuild wraps named functions in a helper that the page lacks.
  await page.evaluate("globalThis.__name = (named) => named");
  const grid = page.getByRole("grid", { name: agents.title, exact: true });
  await grid.getByRole("rowheader").first().waitFor();
  const interactions: Interaction[] = [];
  const repeat = async (name: string, act: (turn: number) => Promise<number>) => {
    const times: number[] = [];
    // The first turn includes compilation, which does not depend on the list's size.
    await act(0);
    for (let turn = 1; turn <= repeats; turn += 1) times.push(await act(turn));
    interactions.push({ name, times });
  };

  const head = grid.getByRole("columnheader", { name: agents.columns.agent, exact: true });
  await repeat("sort", () => timed(page, head, "rows"));

  const away = page.getByRole("option", { name: availability.status.away, exact: true });
  await page.getByRole("button", { name: agents.filters.title, exact: true }).click();
  await page.getByRole("menuitem", { name: agents.filters.fields.status, exact: true }).click();
  await repeat("filter", () => timed(page, away, "rows"));
  await page.keyboard.press("Escape");
  await away.waitFor({ state: "hidden" });

  const next = page.getByRole("button", { name: agents.paging.next });
  const back = page.getByRole("button", { name: agents.paging.back });
  await repeat("next page", (turn) => timed(page, turn % 2 === 0 ? next : back, "rows"));

  const status = grid.getByRole("row").nth(1).getByRole("button").first();
  await repeat("status", async (turn) => {
    await status.click();
    const { offline, away: gone } = availability.status;
    const choice = page.getByRole("menuitemradio", { name: turn % 2 === 0 ? offline : gone, exact: true });
    // Setting the current status again would change nothing, so set another one first.
    if ((await choice.getAttribute("aria-checked")) === "true") {
      await page.getByRole("menuitemradio", { name: availability.status.active, exact: true }).click();
      await status.click();
    }
    return timed(page, choice, "status");
  });

  const scroll = await grid.evaluate(measureScroll);
  const before = await heapAfterCollection(page);
  for (let turn = 0; turn < turnedPages; turn += 1) {
    const isLast = !(await next.isEnabled());
    await timed(page, isLast ? back : next, "rows");
  }
  const after = await heapAfterCollection(page);
  return { interactions, scroll, heap: { before, after, pages: turnedPages } };
}

/** Clicks a target and returns the milliseconds until the list shows the result. */
async function timed(page: Page, target: Locator, sign: Sign): Promise<number> {
  await target.waitFor();
  await page.evaluate(watch, sign);
  await target.click();
  return page.evaluate(() => (window as Watched).rollcallOutcome ?? Promise.reject(new Error("not watched")));
}

interface Watched {
  rollcallOutcome?: Promise<number>;
}

/** Runs in the page: waits for a click and then for the list to change. */
function watch(sign: Sign): void {
  const read = () => {
    const grid = document.querySelector("[role=grid]");
    if (!grid || grid.getAttribute("aria-busy") === "true") return undefined;
    const rows = [...grid.querySelectorAll("[role=row][aria-rowindex]")].filter((row) =>
      row.querySelector("[role=rowheader]"),
    );
    return sign === "rows"
      ? rows.map((row) => row.getAttribute("data-key") ?? row.textContent).join()
      : rows[0]?.querySelector("button")?.textContent;
  };
  const before = read();
  (window as Watched).rollcallOutcome = new Promise((resolve, reject) => {
    let pressed: number | undefined;
    window.addEventListener(
      "pointerdown",
      (event) => {
        pressed = event.timeStamp;
      },
      { capture: true, once: true },
    );
    const deadline = performance.now() + 20_000;
    const look = () => {
      const now = read();
      if (pressed !== undefined && now !== undefined && now !== before) {
        const since = pressed;
        // After the frame that shows it.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - since)));
      } else if (performance.now() > deadline)
        reject(new Error("The list did not change within 20 seconds."));
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Runs in the page: scrolls the table back and forth for two seconds, one row per frame. */
async function measureScroll(grid: Element): Promise<ListUse["scroll"]> {
  const duration = 2_000;
  const start = performance.now();
  let drawn = 0;
  let step = 40;
  while (performance.now() - start < duration) {
    const before = grid.scrollTop;
    grid.scrollTop += step;
    if (grid.scrollTop === before) step = -step;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    drawn += 1;
  }
  return { drawn, possible: Math.round(((performance.now() - start) / 1000) * 60) };
}

async function heapAfterCollection(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}
