import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  agentKeys,
  conversationKeys,
  holidayCalendarKeys,
  hoursKeys,
  ledgerKeys,
  offerKeys,
  workloadKeys,
} from "@/lib/platform/client/cache-keys";
import type { LiveEvent } from "@/lib/platform/events/client/follow";
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

  it("is nothing that is only asked for a deleted agent's own page, where it would fail", () => {
    const keys = touchedBy(workspaceId, { type: "agent.deleted", resource: { type: "agent", id: "x" } });
    const asked = [
      agentKeys.explanation(workspaceId, "x", null),
      agentKeys.spans(workspaceId, "x", "2026-01-01"),
      workloadKeys.one(workspaceId, "x"),
      ledgerKeys.agent(workspaceId, "x"),
      hoursKeys.schedule(workspaceId, "x"),
      hoursKeys.travel(workspaceId, "x"),
    ];
    for (const query of asked)
      expect(
        keys.filter((key) => key.every((part, place) => query[place] === part)),
        query.join(),
      ).toEqual([]);
  });
});

describe("what a change of an agent touches", () => {
  it("includes the holiday calendars, which count their agents", () => {
    const keys = touchedBy(workspaceId, { type: "agent.updated", resource: { type: "agent", id: "x" } });
    expect(keys).toContainEqual(holidayCalendarKeys.all(workspaceId));
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

  it("refetch at once, in a hidden tab, only what notifies the person, and the rest later", () => {
    const offers = offerKeys.of(workspaceId, "a");
    const queryFn = () => Promise.resolve([]);
    const meta = { isLiveWhileHidden: true };
    const stop = new QueryObserver(client, { queryKey: offers, queryFn, meta }).subscribe(() => undefined);
    tab.visibilityState = "hidden";
    live.onEvent({ type: "offer.created", resource: { type: "offer", id: "x", agentId: "a" } });
    changed("a", 2);
    vi.advanceTimersByTime(1_000);
    expect(invalidated).toEqual([offers]);
    // Queries that were just refetched are not refetched again for an unrelated event.
    changed("a", 3);
    vi.advanceTimersByTime(60_000);
    expect(invalidated).toEqual([offers]);
    tab.visibilityState = "visible";
    tab.dispatchEvent(new Event("visibilitychange"));
    vi.advanceTimersByTime(1_000);
    expect([countOf(one("a")), countOf(conversationKeys.all(workspaceId))]).toEqual([1, 1]);
    stop();
  });

  it("refetch an agent's offers only after events of these offers and their conversations", () => {
    const offers = offerKeys.of(workspaceId, "a");
    client.setQueryData(offers, [{ id: "x", conversationId: "c" }]);
    const refetchedBy = (resource: LiveEvent["resource"], type: LiveEvent["type"]) => {
      invalidated.length = 0;
      live.onEvent({ type, resource });
      vi.advanceTimersByTime(1_000);
      return invalidated.filter(
        (key) => Array.isArray(key) && offers.slice(0, key.length).join() === key.join(),
      );
    };
    expect(refetchedBy({ type: "offer", id: "y", agentId: "b" }, "offer.created")).toEqual([]);
    expect(refetchedBy({ type: "conversation", id: "d" }, "conversation.offered")).toEqual([]);
    expect(refetchedBy({ type: "conversation", id: "c" }, "conversation.offered")).toEqual([offers]);
    expect(refetchedBy({ type: "offer", id: "x", agentId: "a" }, "offer.withdrawn")).toEqual([offers]);
  });

  it("read everything again after a reset", () => {
    live.onReset();
    vi.advanceTimersByTime(300);
    expect(invalidated).toEqual(["all"]);
  });
});
