import type { Timer } from "@/lib/availability/presence/client/timer";
import type { Heartbeat, PresenceLease } from "@/lib/availability/presence/contract";
import { joinTabs, type TabEnvironment } from "@/lib/platform/client/leader";

/** A message between tabs. `beat` requests an immediate heartbeat. */
interface News {
  tab: number;
  visible: boolean;
  input: boolean;
  beat: boolean;
}

export interface HeartbeatOptions {
  /** Identifies the agent. Equal in all tabs of a browser that are signed in as the same agent. */
  name: string;
  device: Heartbeat["device"];
  /**
   * Rejects if the server can't be reached. Resolves to undefined to stop heartbeats, because the person may
   * not send any.
   */
  send(heartbeat: Heartbeat): Promise<PresenceLease | undefined>;
  /** Ends the session when the user leaves the page. */
  end(): void;
  timer: Timer;
  page: {
    document: Pick<Document, "visibilityState" | "addEventListener">;
    window: Pick<Window, "addEventListener">;
  };
  tabs?: TabEnvironment;
}

/** Milliseconds before a failed heartbeat is retried. Doubles up to the maximum. */
const retryAfter = 5_000;
const longestRetry = 20_000;
/**
 * Minimum milliseconds between two heartbeats, so that switching between tabs does not send one each time.
 * A tab that takes over from another one also waits for it: if a window with several tabs is being closed, the
 * server could read its heartbeat after the end, which would revive the session.
 */
const shortestWait = 1_000;
/** Minimum milliseconds between two reports of input to the leader. */
const inputPause = 10_000;

/**
 * Sends heartbeats while a page is open: one tab per browser sends them for all tabs. `leave` stops,
 * and ends the session if this tab was the sender. `pause` stops before a sign-out: this tab remains the sender, so
 * that no other one revives a session that the caller ends.
 */
export function keepPresence(options: HeartbeatOptions): { pause(): void; leave(): void } {
  const { name, device, send, end, timer, page } = options;
  const tab = Math.random();
  const stopping = new AbortController();
  const listening = { signal: stopping.signal, passive: true, capture: true } as const;
  const isVisible = () => page.document.visibilityState === "visible";

  const openedAt = performance.now();
  /** When the next heartbeat may be sent at the earliest. */
  let earliest = openedAt;
  let leads = false;
  /**
   * True between `pagehide` and `pageshow`. Browsers report a page as hidden after `pagehide`, and a
   * heartbeat then would revive the session.
   */
  let isLeft = false;
  /** Other visible tabs. */
  const visibleTabs = new Set<number>();
  let input = false;
  let cancel: () => void = () => undefined;
  let isSending = false;
  /** Another heartbeat must be sent after the current response. */
  let again = false;
  let retry = retryAfter;

  async function beat(): Promise<void> {
    if (isLeft || stopping.signal.aborted) return;
    const early = earliest - performance.now();
    if (early > 0) {
      cancel();
      cancel = timer.after(early, () => void beat());
      return;
    }
    if (isSending) {
      again = true;
      return;
    }
    isSending = true;
    again = false;
    cancel();
    const reported = input;
    input = false;
    let wait = retry;
    try {
      const lease = await send({ device, visible: isVisible() || visibleTabs.size > 0, input: reported });
      if (!lease) return stop();
      wait = lease.beatIn * 1000;
      retry = retryAfter;
    } catch {
      input ||= reported;
      retry = Math.min(retry * 2, longestRetry);
    } finally {
      isSending = false;
    }
    if (!stopping.signal.aborted) cancel = timer.after(again ? shortestWait : wait, () => void beat());
  }

  const tell = (news: Omit<News, "tab">) => {
    if (!leads) return tabs.post({ tab, ...news });
    input ||= news.input;
    if (news.beat) void beat();
  };

  const tabs = joinTabs<News>(
    name,
    {
      lead() {
        leads = true;
        const now = performance.now();
        if (now - openedAt >= shortestWait) earliest = now + shortestWait;
        void beat();
      },
      receive(news) {
        if (news.visible) visibleTabs.add(news.tab);
        else visibleTabs.delete(news.tab);
        input ||= news.input;
        if (leads && news.beat) void beat();
      },
    },
    options.tabs,
  );

  let inputToldAt = Number.NEGATIVE_INFINITY;
  const noteInput = () => {
    if (performance.now() - inputToldAt < inputPause) return;
    inputToldAt = performance.now();
    tell({ visible: isVisible(), input: true, beat: false });
  };
  const now = () => {
    if (!isLeft) tell({ visible: isVisible(), input: false, beat: true });
  };
  const leave = () => {
    if (leads) end();
    else tabs.post({ tab, visible: false, input: false, beat: false });
  };

  for (const type of ["pointerdown", "pointermove", "keydown", "wheel"])
    page.window.addEventListener(type, noteInput, listening);
  for (const type of ["visibilitychange", "resume"]) page.document.addEventListener(type, now, listening);
  page.window.addEventListener("online", now, listening);
  page.window.addEventListener(
    "pageshow",
    () => {
      isLeft = false;
      now();
    },
    listening,
  );
  page.window.addEventListener(
    "pagehide",
    () => {
      isLeft = true;
      leave();
    },
    listening,
  );

  function pause(): void {
    stopping.abort();
    cancel();
  }

  function stop(): void {
    pause();
    tabs.leave();
  }

  return {
    pause,
    leave() {
      if (!stopping.signal.aborted) leave();
      stop();
    },
  };
}
