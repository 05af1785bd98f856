/** The tabs of one browser that share a name. */
export interface TabGroup<Message> {
  /**
   * Sends a message to all other tabs of the group. Messages can get lost, for example while a new leader is
   * elected.
   */
  post(message: Message): void;
  /** Leaves the group. If this tab leads, another one takes over. */
  leave(): void;
}

/** The role of a tab in its group. */
export interface TabHandlers<Message> {
  /** Called once this tab leads, at most once. `signal` aborts when the tab leaves the group. */
  lead(signal: AbortSignal): void;
  /** Called for each message from another tab. */
  receive(message: Message): void;
}

/** The browser APIs that elect and connect tabs. */
export interface TabEnvironment {
  /** Undefined in old browsers and on pages without TLS. */
  locks: Pick<LockManager, "request"> | undefined;
  Channel: typeof BroadcastChannel | undefined;
}

const browser = (): TabEnvironment => ({
  locks: globalThis.navigator?.locks,
  Channel: globalThis.BroadcastChannel,
});

/**
 * Joins the group `name`, in which one tab at a time leads: the one that holds a Web Lock. The browser
 * releases the lock of a closed or crashed tab. If tabs can't elect a leader or communicate, each one leads
 * and receives nothing.
 */
export function joinTabs<Message>(
  name: string,
  { lead, receive }: TabHandlers<Message>,
  { locks, Channel }: TabEnvironment = browser(),
): TabGroup<Message> {
  const leaving = new AbortController();
  const { signal } = leaving;
  let channel: BroadcastChannel | undefined;

  const leadAlone = () => {
    channel?.close();
    channel = undefined;
    if (!signal.aborted) lead(signal);
  };

  if (locks && Channel) {
    channel = new Channel(name);
    channel.onmessage = ({ data }: MessageEvent<Message>) => receive(data);
    locks
      .request(name, { signal }, () => {
        if (signal.aborted) return;
        lead(signal);
        return new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      })
      // Rejects if the tab leaves before it leads, and on pages that may not use locks.
      .catch(leadAlone);
  } else leadAlone();

  return {
    post: (message) => channel?.postMessage(message),
    leave() {
      leaving.abort();
      channel?.close();
      channel = undefined;
    },
  };
}
