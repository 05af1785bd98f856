import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventTypes, resourceOf } from "@/lib/platform/events/values";
import { createLiveQueries, touchedBy } from "./live-queries";

const workspaceId = "w";

describe("what an event touches", () => {
  it("is something for every type, and always of its workspace", () => {
    for (const type of eventTypes) {
      const keys = touchedBy(workspaceId, { type, resource: { type: resourceOf(type), id: "x" } });
      expect(keys.length, type).toBeGreaterThan(1);
      for (const key of keys) expect(key[1], type).toBe(workspaceId);
    }
  });
});

describe("live queries", () => {
  let client: QueryClient;
  let invalidated: unknown[];
  let live: ReturnType<typeof createLiveQueries>;
  let tab: EventTarget & { visibilityState: DocumentVisibilityState };

  beforeEach(() => {
    vi.useFakeTimers();
    tab = Object.assign(new EventTarget(), { visibilityState: "visible" as const });
    vi.stubGlobal("document", tab);
    client = new QueryClient();
    invalidated = [];
    vi.spyOn(client, "invalidateQueries").mockImplementation(async (filters) => {
      invalidated.push(filters?.queryKey ?? "all");
    });
    live = createLiveQueries(client, workspaceId);
  });
  afterEach(() => {
    live.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  const changed = (id: string, version: number) =>
    live.onEvent({ type: "agent.status.changed", resource: { type: "agent", id, version } });
  const one = (id: string) => ["agents", workspaceId, "one", id];
  const countOf = (key: unknown) =>
    invalidated.filter((each) => JSON.stringify(each) === JSON.stringify(key)).length;

  it("merge events, and pause between two rounds", () => {
    for (let version = 2; version < 50; version++) changed(version % 2 ? "a" : "b", version);
    expect(invalidated).toEqual([]);
    vi.advanceTimersByTime(300);
    expect([countOf(one("a")), countOf(one("b")), countOf(["agents", workspaceId, "list"])]).toEqual([
      1, 1, 1,
    ]);

    invalidated.length = 0;
    changed("a", 60);
    vi.advanceTimersByTime(250);
    expect(invalidated).toEqual([]);
    vi.advanceTimersByTime(750);
    expect(countOf(one("a"))).toBe(1);
  });

  it("leave an agent alone whose version the page has already", () => {
    client.setQueryData(one("a"), { etag: '"7.abc"' });
    changed("a", 7);
    vi.advanceTimersByTime(300);
    expect(countOf(one("a"))).toBe(0);
    changed("a", 8);
    vi.advanceTimersByTime(1_000);
    expect(countOf(one("a"))).toBe(1);
  });

  it("wait while a write runs, and while the tab is hidden", () => {
    const mutating = vi.spyOn(client, "isMutating").mockReturnValue(1);
    changed("a", 2);
    vi.advanceTimersByTime(2_000);
    expect(invalidated).toEqual([]);
    mutating.mockReturnValue(0);
    vi.advanceTimersByTime(200);
    expect(countOf(one("a"))).toBe(1);

    tab.visibilityState = "hidden";
    changed("a", 3);
    vi.advanceTimersByTime(60_000);
    expect(countOf(one("a"))).toBe(1);
    tab.visibilityState = "visible";
    tab.dispatchEvent(new Event("visibilitychange"));
    vi.advanceTimersByTime(1_000);
    expect(countOf(one("a"))).toBe(2);
  });

  it("read everything again after a reset", () => {
    live.onReset();
    vi.advanceTimersByTime(300);
    expect(invalidated).toEqual(["all"]);
  });
});
