import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Heartbeat, PresenceLease } from "@/lib/availability/presence/contract";
import type { TabEnvironment } from "@/lib/platform/client/leader";
import { keepPresence } from "./heartbeat";

/** A lock shared by tabs: the first one leads until it leaves. */
function sharedTabs(): TabEnvironment {
  const waiting: (() => void)[] = [];
  const request = async (_: string, __: LockOptions, work: () => Promise<void> | undefined) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) resolve();
    });
    await work();
    waiting.shift();
    waiting[0]?.();
  };
  const channels = new Set<{ onmessage: ((event: { data: unknown }) => void) | null }>();
  class Channel {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    constructor() {
      channels.add(this);
    }
    postMessage(data: unknown) {
      for (const other of channels) if (other !== this) other.onmessage?.({ data });
    }
    close() {
      channels.delete(this);
    }
  }
  return { locks: { request }, Channel } as unknown as TabEnvironment;
}

const beatIn = 45;
const lease: PresenceLease = { endsAt: "2026-03-02T08:00:00.000Z", beatIn };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function openTab(tabs: TabEnvironment, answer: () => Promise<PresenceLease | undefined> = async () => lease) {
  const sent: (Heartbeat & { at: number })[] = [];
  let ends = 0;
  const documentEvents = new EventTarget();
  const windowEvents = new EventTarget();
  const page = {
    document: Object.assign(documentEvents, { visibilityState: "visible" as DocumentVisibilityState }),
    window: windowEvents,
  };
  const began = Date.now();
  const { pause, leave: close } = keepPresence({
    name: "presence",
    device: "desktop",
    send: async (heartbeat) => {
      sent.push({ ...heartbeat, at: Date.now() - began });
      return await answer();
    },
    end: () => {
      ends++;
    },
    timer: {
      after(ms, run) {
        const timeout = setTimeout(run, ms);
        return () => clearTimeout(timeout);
      },
      stop: () => undefined,
    },
    page: page as unknown as Parameters<typeof keepPresence>[0]["page"],
    tabs,
  });
  return {
    sent,
    pause,
    close,
    page,
    get ends() {
      return ends;
    },
    hide(state: DocumentVisibilityState) {
      page.document.visibilityState = state;
      documentEvents.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("heartbeats", () => {
  it("are sent immediately, and then as often as the server asks", async () => {
    const tab = openTab(sharedTabs());
    await pass(100_000);
    expect(tab.sent).toEqual(
      [0, 45_000, 90_000].map((at) => ({ device: "desktop", visible: true, input: false, at })),
    );
    tab.close();
    await pass(100_000);
    expect(tab.sent).toHaveLength(3);
    expect(tab.ends).toBe(1);
  });

  it("are sent by one tab, and by the next one when it closes", async () => {
    const tabs = sharedTabs();
    const [first, second] = [openTab(tabs), openTab(tabs)];
    await pass(50_000);
    expect([first.sent.length, second.sent.length]).toEqual([2, 0]);
    first.page.window.dispatchEvent(new Event("pagehide"));
    first.close();
    await pass(999);
    expect(second.sent).toHaveLength(0);
    await pass(1);
    expect(second.sent).toHaveLength(1);
    second.close();
  });

  it("do not follow the end when a window with several tabs is closed", async () => {
    const tabs = sharedTabs();
    const [first, second, third] = [openTab(tabs), openTab(tabs), openTab(tabs)];
    await pass(5_000);
    // The order of events in browsers. The closed tab then releases the lock.
    const leave = async (tab: typeof first) => {
      tab.page.window.dispatchEvent(new Event("pagehide"));
      tab.hide("hidden");
      await pass(5);
    };
    for (const tab of [first, second, third]) {
      await leave(tab);
      tab.close();
      await pass(20);
    }
    await pass(100_000);
    expect([first, second, third].map(({ sent }) => sent.length)).toEqual([1, 0, 0]);
    expect(first.ends).toBeGreaterThan(0);
  });

  it("wait after a takeover also if another tab asks for one", async () => {
    const tabs = sharedTabs();
    const [first, second, third] = [openTab(tabs), openTab(tabs), openTab(tabs)];
    await pass(5_000);
    first.close();
    await pass(10);
    third.hide("hidden");
    await pass(900);
    expect(second.sent).toHaveLength(0);
    await pass(90);
    expect(second.sent).toMatchObject([{ visible: true }]);
    for (const tab of [second, third]) tab.close();
  });

  it("are sent by no tab while the sender is paused, and by the next one when it closes", async () => {
    const tabs = sharedTabs();
    const [first, second] = [openTab(tabs), openTab(tabs)];
    await pass(50_000);
    first.pause();
    second.hide("hidden");
    await pass(100_000);
    expect([first.sent.length, second.sent.length]).toEqual([2, 0]);
    first.close();
    await pass(1_000);
    expect(second.sent).toHaveLength(1);
    // The caller of `pause` ends the session.
    expect(first.ends).toBe(0);
    second.close();
  });

  it("end the session when the tab that sends them is left, not when another one is", async () => {
    const tabs = sharedTabs();
    const [first, second] = [openTab(tabs), openTab(tabs)];
    await pass(10);
    second.page.window.dispatchEvent(new Event("pagehide"));
    expect([first.ends, second.ends]).toEqual([0, 0]);
    first.page.window.dispatchEvent(new Event("pagehide"));
    expect([first.ends, second.ends]).toEqual([1, 0]);
    first.close();
    second.close();
  });

  it("do not follow the end when a browser hides the page that is left, and go on when it returns", async () => {
    const tab = openTab(sharedTabs());
    await pass(2_000);
    const before = tab.sent.length;
    tab.page.window.dispatchEvent(new Event("pagehide"));
    tab.hide("hidden");
    await pass(100_000);
    expect([tab.sent.length, tab.ends]).toEqual([before, 1]);
    tab.page.window.dispatchEvent(new Event("pageshow"));
    await pass(2_000);
    expect(tab.sent.length).toBeGreaterThan(before);
    tab.close();
  });

  it("tell whether any tab is on the screen, and come when that changes", async () => {
    const tabs = sharedTabs();
    const [first, second] = [openTab(tabs), openTab(tabs)];
    await pass(2_000);
    first.hide("hidden");
    await pass(2_000);
    second.hide("visible");
    await pass(2_000);
    second.hide("hidden");
    await pass(2_000);
    expect(first.sent.map(({ visible }) => visible)).toEqual([true, false, true, false]);
    first.close();
    second.close();
  });

  it("tell of input in any tab since the last one", async () => {
    const tabs = sharedTabs();
    const [first, second] = [openTab(tabs), openTab(tabs)];
    await pass(10);
    second.page.window.dispatchEvent(new Event("keydown"));
    await pass(90_000);
    first.page.window.dispatchEvent(new Event("pointerdown"));
    await pass(45_000);
    expect(first.sent.map(({ input }) => input)).toEqual([false, true, false, true]);
    first.close();
    second.close();
  });

  it.each(["online", "pageshow"])("come immediately on %s", async (type) => {
    const tab = openTab(sharedTabs());
    await pass(10_000);
    tab.page.window.dispatchEvent(new Event(type));
    await pass(0);
    expect(tab.sent.map(({ at }) => at)).toEqual([0, 10_000]);
    tab.page.document.dispatchEvent(new Event("resume"));
    await pass(0);
    expect(tab.sent).toHaveLength(3);
    tab.close();
  });

  it("are repeated soon while the server doesn't answer, and keep the input", async () => {
    let isDown = true;
    const tab = openTab(sharedTabs(), async () => {
      if (isDown) throw new Error("down");
      return lease;
    });
    await pass(1);
    tab.page.window.dispatchEvent(new Event("keydown"));
    await pass(60_000);
    expect(tab.sent.map(({ at }) => at)).toEqual([0, 5_000, 15_000, 35_000, 55_000]);
    isDown = false;
    await pass(20_000);
    expect(tab.sent.at(-1)).toMatchObject({ at: 75_000, input: true });
    await pass(45_000);
    expect(tab.sent.at(-1)).toMatchObject({ at: 120_000, input: false });
    tab.close();
  });

  it("stop when the person may not send any", async () => {
    const tab = openTab(sharedTabs(), async () => undefined);
    await pass(200_000);
    tab.page.window.dispatchEvent(new Event("online"));
    await pass(1);
    expect(tab.sent).toHaveLength(1);
    tab.close();
    expect(tab.ends).toBe(0);
  });
});
