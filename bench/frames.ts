import type { Browser, Page } from "@playwright/test";

/** What the main thread did in a frame. */
const kinds = ["script", "style", "layout", "paint"] as const;
type Kind = (typeof kinds)[number];

/** Main-thread milliseconds of each frame. */
export interface Frames {
  /** Seconds of the recording. */
  seconds: number;
  /** Frames in which the main thread drew something. */
  frames: number;
  /** Processor time of all work on the main thread from one frame to the next. */
  busy: Spread;
  /** The same work by the clock. */
  elapsed: Spread;
  by: Record<Kind, Spread>;
  /** Tasks of 50 ms or longer. */
  longTasks: number;
}

export interface Spread {
  p50: number;
  p95: number;
  most: number;
}

/** An event of Chrome's trace format. Times are microseconds. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Processor time; unlike `dur`, without the time in which other threads had the processor. */
  tdur?: number;
  args?: { name?: string };
}

const categories = ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel"];

const kindOf: Readonly<Record<string, Kind>> = {
  FunctionCall: "script",
  EventDispatch: "script",
  TimerFire: "script",
  FireAnimationFrame: "script",
  FireIdleCallback: "script",
  RunMicrotasks: "script",
  HandlePostMessage: "script",
  MinorGC: "script",
  MajorGC: "script",
  UpdateLayoutTree: "style",
  Layout: "layout",
  PrePaint: "paint",
  Paint: "paint",
  Layerize: "paint",
  Commit: "paint",
};

/** Records what the main thread does while the page is used. */
export async function recordFrames(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
): Promise<Frames> {
  await browser.startTracing(page, { categories });
  await act();
  const trace: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  return framesOf(trace.traceEvents);
}

/** Returns the main-thread time of each frame of a trace. */
export function framesOf(events: readonly TraceEvent[]): Frames {
  const main = busiestMainThread(events);
  const tasks = main.filter(({ name, ph }) => name === "RunTask" && ph === "X");
  const starts = main
    .filter(({ name, ph }) => name === "FireAnimationFrame" || (name === "Commit" && ph === "X"))
    .map(({ ts }) => ts);
  // A frame ends with the task that commits it.
  const commits = main.filter(({ name, ph }) => name === "Commit" && ph === "X").map(({ ts }) => ts);
  const ends = commits.map((commit) => {
    const task = tasks.find(({ ts, dur = 0 }) => ts <= commit && commit <= ts + dur);
    return task ? task.ts + (task.dur ?? 0) : commit;
  });
  const own = selfTimes(main);
  const perFrame = ends.slice(1).map((end, index) => {
    const begin = ends[index] ?? 0;
    const isIn = ({ ts }: TraceEvent) => begin <= ts && ts < end;
    const sum = (list: readonly { event: TraceEvent; self: number }[]) =>
      list.reduce((total, { self }) => total + self, 0) / 1000;
    const inside = own.filter(({ event }) => isIn(event));
    return {
      busy: tasks.filter(isIn).reduce((total, each) => total + costOf(each), 0) / 1000,
      elapsed: tasks.filter(isIn).reduce((total, { dur = 0 }) => total + dur, 0) / 1000,
      ...(Object.fromEntries(
        kinds.map((kind) => [kind, sum(inside.filter(({ event }) => kindOf[event.name] === kind))]),
      ) as Record<Kind, number>),
    };
  });
  const first = starts[0] ?? 0;
  return {
    seconds: ((starts.at(-1) ?? first) - first) / 1e6,
    frames: perFrame.length,
    busy: spreadOf(perFrame.map(({ busy }) => busy)),
    elapsed: spreadOf(perFrame.map(({ elapsed }) => elapsed)),
    by: Object.fromEntries(
      kinds.map((kind) => [kind, spreadOf(perFrame.map((frame) => frame[kind]))]),
    ) as Record<Kind, Spread>,
    longTasks: tasks.filter(({ dur = 0 }) => dur >= 50_000).length,
  };
}

/** Returns the events of the page's main thread: the renderer thread that worked most. */
function busiestMainThread(events: readonly TraceEvent[]): TraceEvent[] {
  const names = events.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
  const threads = names.map(({ pid, tid }) =>
    events.filter((each) => each.pid === pid && each.tid === tid && each.ts > 0),
  );
  const work = (thread: readonly TraceEvent[]) =>
    thread.reduce((sum, { name, dur = 0 }) => (name === "RunTask" ? sum + dur : sum), 0);
  const [busiest] = threads.sort((one, other) => work(other) - work(one));
  if (!busiest) throw new Error("The trace has no main thread.");
  return busiest.sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
}

const costOf = ({ dur = 0, tdur = dur }: TraceEvent) => tdur;

/** Returns the processor time of each event without that of the events inside it. */
function selfTimes(events: readonly TraceEvent[]): { event: TraceEvent; self: number }[] {
  const open: { event: TraceEvent; self: number; end: number }[] = [];
  const found: { event: TraceEvent; self: number; end: number }[] = [];
  for (const event of events) {
    if (event.ph !== "X" || !(event.name in kindOf)) continue;
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= event.ts) open.pop();
    const outer = open.at(-1);
    const cost = costOf(event);
    if (outer) outer.self -= cost;
    const entry = { event, self: cost, end: event.ts + (event.dur ?? 0) };
    open.push(entry);
    found.push(entry);
  }
  return found;
}

/** Returns the median, the 95th percentile and the maximum. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), most: sorted.at(-1) ?? 0 };
}
