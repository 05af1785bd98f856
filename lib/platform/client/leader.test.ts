import { afterEach, describe, expect, it } from "vitest";
import { joinTabs, type TabEnvironment, type TabGroup } from "@/lib/platform/client/leader";

/** Web Locks as specified, for exclusive locks: a queue per name, and `signal` removes a waiting request. */
function createLocks(): Pick<LockManager, "request"> {
  const queues = new Map<string, (() => void)[]>();
  const request = async (name: string, { signal }: LockOptions, work: () => Promise<void> | undefined) => {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    await new Promise<void>((resolve, reject) => {
      queue.push(resolve);
      if (queue[0] === resolve) resolve();
      signal?.addEventListener("abort", () => {
        if (queue.indexOf(resolve) > 0) queue.splice(queue.indexOf(resolve), 1);
        reject(signal.reason);
      });
    });
    try {
      await work();
    } finally {
      queue.shift();
      queue[0]?.();
    }
  };
  return { request } as unknown as Pick<LockManager, "request">;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("joinTabs", () => {
  const groups: TabGroup<string>[] = [];
  let number = 0;
  afterEach(() => {
    for (const group of groups.splice(0)) group.leave();
  });

  function open(name: string, environment: TabEnvironment) {
    const tab = { leads: 0, ended: false, received: [] as string[] };
    const group = joinTabs<string>(
      name,
      {
        lead(signal) {
          tab.leads++;
          signal.addEventListener("abort", () => {
            tab.ended = true;
          });
        },
        receive: (message) => tab.received.push(message),
      },
      environment,
    );
    groups.push(group);
    return { tab, group };
  }

  const shared = (): TabEnvironment => ({ locks: createLocks(), Channel: BroadcastChannel });
  const newName = () => `tabs ${++number}`;

  it("lets one tab lead, and the next one when it leaves", async () => {
    const [name, environment] = [newName(), shared()];
    const [first, second, third] = [1, 2, 3].map(() => open(name, environment));
    await settled();
    expect([first, second, third].map((each) => each?.tab.leads)).toEqual([1, 0, 0]);

    // A waiting tab can leave, too.
    second?.group.leave();
    first?.group.leave();
    await settled();
    expect(first?.tab.ended).toBe(true);
    expect([first, second, third].map((each) => each?.tab.leads)).toEqual([1, 0, 1]);
  });

  it("brings messages to all other tabs of the group, not to the sender", async () => {
    const [name, environment] = [newName(), shared()];
    const [first, second, third] = [1, 2, 3].map(() => open(name, environment));
    const stranger = open(newName(), environment);
    await settled();
    first?.group.post("from the leader");
    await settled();
    second?.group.post("to the leader");
    await settled();
    expect(first?.tab.received).toEqual(["to the leader"]);
    expect(second?.tab.received).toEqual(["from the leader"]);
    expect(third?.tab.received).toEqual(["from the leader", "to the leader"]);
    expect(stranger.tab.received).toEqual([]);
  });

  it("brings no messages after it left", async () => {
    const [name, environment] = [newName(), shared()];
    const [first, second] = [open(name, environment), open(name, environment)];
    second.group.leave();
    first.group.post("late");
    second.group.post("never sent");
    await settled();
    expect([first.tab.received, second.tab.received]).toEqual([[], []]);
  });

  it("lets each tab lead itself without Web Locks", async () => {
    const [name, environment] = [newName(), { locks: undefined, Channel: BroadcastChannel }];
    const [first, second] = [open(name, environment), open(name, environment)];
    first.group.post("unheard");
    await settled();
    expect([first.tab.leads, second.tab.leads]).toEqual([1, 1]);
    expect(second.tab.received).toEqual([]);
    first.group.leave();
    expect(first.tab.ended).toBe(true);
  });

  it("lets each tab lead itself where the page may not use locks", async () => {
    const request = () => Promise.reject(new DOMException("denied", "SecurityError"));
    const locks = { request } as unknown as Pick<LockManager, "request">;
    const { tab } = open(newName(), { locks, Channel: BroadcastChannel });
    await settled();
    expect(tab.leads).toBe(1);
  });

  it("does not lead when it left before the election", async () => {
    const { tab, group } = open(newName(), shared());
    group.leave();
    await settled();
    expect(tab.leads).toBe(0);
  });
});
