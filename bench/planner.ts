import type { Browser, Page } from "@playwright/test";
import calendar from "@/lib/platform/locale/messages/en/calendar.json" with { type: "json" };
import { signInByRequest } from "../scripts/testing/browser-session";
import { type Frames, recordFrames, type Spread, spreadOf } from "./frames";
import type { ListPlace } from "./lists";

/** Pixels a second: a fast turn of the wheel. */
const scrollSpeed = 2_400;
const scrolledPixels = 5_000;
const dragSteps = 60;

/** How long a moved pointer waited for the frame that shows it. */
interface Answers {
  moves: number;
  /** Moves that the very next frame showed. */
  inNextFrame: number;
  /** Moves that changed nothing before the next move in a later frame. */
  unanswered: number;
  /** Milliseconds from the browser's timestamp of the event to the end of that frame. */
  times: number[];
}

/** Scrolls a week of the planner by wheel and drags a shift, and reports what each frame costs. */
export async function benchPlanner(
  browser: Browser,
  { origin, path, account }: ListPlace,
): Promise<string[]> {
  const context = await browser.newContext({
    locale: "en-US",
    reducedMotion: "reduce",
    viewport: { width: 1440, height: 900 },
  });
  try {
    const cookies = await signInByRequest(origin, account);
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: origin })));
    const page = await context.newPage();
    // esbuild wraps named functions in a helper that the page lacks.
    await page.addInitScript("globalThis.__name = (named) => named");
    await page.goto(origin + path);
    const table = page.getByRole("table", { name: calendar.planner.title, exact: true });
    await table.locator("[data-bar]").first().waitFor();
    await page.waitForLoadState("networkidle");
    // The first way down loads the remaining rows and compiles the code.
    await wheel(page, scrolledPixels);
    await wheel(page, -scrolledPixels);
    await page.waitForLoadState("networkidle");
    const rows = Number(await table.getAttribute("aria-rowcount")) - 1;
    const scrolled = await recordFrames(browser, page, async () => {
      await wheel(page, scrolledPixels);
      await wheel(page, -scrolledPixels);
    });
    const shift = await findShift(page);
    await drag(page, shift);
    let answers: Answers = { moves: 0, inNextFrame: 0, unanswered: 0, times: [] };
    const dragged = await recordFrames(browser, page, async () => {
      answers = await drag(page, shift);
    });
    return [
      `${rows} rows`,
      ...describe("scrolling", scrolled),
      ...describe("dragging", dragged),
      `  ${answers.inNextFrame} of ${answers.moves} moves shown by the next frame, ${answers.unanswered} others unanswered; from the event to the end of that frame ${inWords(spreadOf(answers.times))}`,
    ];
  } finally {
    await context.close();
  }
}

/** Scrolls by wheel at a steady speed. */
async function wheel(page: Page, pixels: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Input.synthesizeScrollGesture", {
    x: 800,
    y: 500,
    yDistance: -pixels,
    speed: scrollSpeed,
    gestureSourceType: "mouse",
  });
  await session.detach();
}

/** Pixels to each side by which a shift is dragged. */
const dragReach = 24;

interface FoundShift {
  key: string;
  /** The middle of its bar. */
  x: number;
  y: number;
}

/** Finds a shift that can be dragged to both sides: the start of its date may stop it, and that changes nothing. */
async function findShift(page: Page): Promise<FoundShift> {
  for (const bar of await page.locator("[data-bar]").all()) {
    const box = await bar.boundingBox();
    if (!box || box.y < 300 || box.x < 500 || box.x > 900 || box.width < 30) continue;
    if ((await bar.getAttribute("aria-disabled")) === "true") continue;
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    const reached: number[] = [];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const pixels of [-dragReach, dragReach]) {
      await page.mouse.move(x + pixels, y);
      const moved = await bar.boundingBox();
      reached.push(Math.abs((moved?.x ?? box.x) - box.x));
    }
    await page.keyboard.press("Escape");
    await page.mouse.up();
    // Shifts move by quarters of an hour.
    if (reached.every((pixels) => pixels > dragReach / 2))
      return { key: (await bar.getAttribute("data-bar")) ?? "", x, y };
  }
  throw new Error("The planner shows no shift to drag.");
}

/** Drags a shift to and fro without dropping it. */
async function drag(page: Page, { key, x, y }: FoundShift): Promise<Answers> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(watchAnswers, key);
  // A zigzag of several quarters of an hour a move, within the day, so that each move changes the shift.
  for (let step = 1; step <= dragSteps; step += 1)
    await page.mouse.move(x + (dragReach / 4) * (4 - Math.abs((step % 16) - 8)), y);
  const answers = await page.evaluate(() => (window as Watched).rollcallAnswers?.());
  await page.keyboard.press("Escape");
  await page.mouse.up();
  if (!answers) throw new Error("The drag was not watched.");
  return answers;
}

interface Watched {
  rollcallAnswers?: () => Answers;
}

/** Runs in the page: notes when the dragged bar changes after the pointer has moved. */
function watchAnswers(key: string): void {
  const answers: Answers = { moves: 0, inNextFrame: 0, unanswered: 0, times: [] };
  let frame = 0;
  let isOn = true;
  const count = () => {
    frame += 1;
    if (isOn) requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  let asked: { at: number; frame: number } | null = null;
  let place = Number.NaN;
  const onMove = ({ timeStamp, clientX }: PointerEvent) => {
    // Moves that the browser merged can end where the pointer was, which changes nothing.
    if (clientX === place) return;
    place = clientX;
    if (asked && asked.frame < frame) {
      answers.unanswered += 1;
      asked = null;
    }
    asked ??= { at: timeStamp, frame };
  };
  window.addEventListener("pointermove", onMove, { capture: true });
  // The bar of the shift is found again, because a row may have been rendered again.
  const observer = new MutationObserver((records) => {
    const isBar = records.some(
      ({ target }) => target instanceof Element && target.closest(`[data-bar="${CSS.escape(key)}"]`),
    );
    if (!isBar || !asked) return;
    const { at, frame: before } = asked;
    asked = null;
    answers.moves += 1;
    if (frame === before) answers.inNextFrame += 1;
    const painted = () => answers.times.push(performance.now() - at);
    requestAnimationFrame(() => setTimeout(painted));
  });
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["style"] });
  (window as Watched).rollcallAnswers = () => {
    isOn = false;
    observer.disconnect();
    window.removeEventListener("pointermove", onMove, { capture: true });
    return answers;
  };
}

const milliseconds = (value: number) => value.toFixed(1);
const inWords = ({ p50, p95, most }: Spread) =>
  `p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)}, at most ${milliseconds(most)} ms`;

function describe(name: string, { seconds, frames, busy, elapsed, by, longTasks }: Frames): string[] {
  const rate = (frames / seconds).toFixed(0);
  return [
    `${name}: processor time of the main thread a frame ${inWords(busy)}`,
    `  ${Object.entries(by)
      .map(([kind, { p50, p95 }]) => `${kind} ${milliseconds(p50)} / ${milliseconds(p95)}`)
      .join(", ")} (p50 / p95)`,
    `  by the clock ${inWords(elapsed)}; ${frames} frames in ${seconds.toFixed(1)} s, ${rate} a second; ${longTasks} tasks over 50 ms`,
  ];
}
