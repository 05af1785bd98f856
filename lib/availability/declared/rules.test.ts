import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import {
  activityNow,
  availabilityAt,
  changeAvailability,
  type DeclaredAvailability,
  initialAvailability,
  secondsLeft,
} from "@/lib/availability/declared/rules";
import { activities, agentStatuses } from "@/lib/availability/declared/values";

const start = Date.UTC(2026, 2, 9, 8, 30);
const later = start + 1_000;
const initial = initialAvailability(start);

/** Applies a change that must succeed. */
function apply(declared: DeclaredAvailability, change: AvailabilityChange, now: number) {
  const outcome = changeAvailability(declared, change, now);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome;
}

const change = fc.record(
  {
    status: fc.constantFrom(...agentStatuses),
    activity: fc.constantFrom(...activities),
    activityTtl: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 86_400 })),
    activityText: fc.oneof(fc.constant(null), fc.string({ maxLength: 20 })),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<AvailabilityChange>;

/** Availability after random changes, and the time of the last change. */
const history = fc
  .array(fc.tuple(change, fc.integer({ min: 0, max: 100_000_000 })), { maxLength: 8 })
  .map((steps) => {
    let declared = initial;
    let now = start;
    for (const [step, pause] of steps) {
      now += pause;
      const outcome = changeAvailability(declared, step, now);
      if (outcome.ok) declared = outcome.next;
    }
    return { declared, now };
  });

const times = ({
  lastStatusSet,
  lastActivitySet,
  lastSetToAwayAt,
  statusBeforeOffline,
}: DeclaredAvailability) => ({
  lastStatusSet,
  lastActivitySet,
  lastSetToAwayAt,
  statusBeforeOffline,
});

describe("a new agent", () => {
  it("is away and available since it was created", () => {
    expect(initial).toEqual({
      status: "away",
      statusBeforeOffline: null,
      activity: "available",
      activityExpiresAt: null,
      activityText: null,
      lastStatusSet: start,
      lastActivitySet: start,
      lastSetToAwayAt: start,
      statusAutomatic: true,
      updatedAt: start,
    });
  });
});

describe("an activity with an end", () => {
  const { next } = apply(initial, { activity: "onBreak", activityTtl: 60, activityText: "tea" }, start);
  const end = start + 60_000;

  it("lasts until the millisecond before its end", () => {
    expect(availabilityAt(next, end - 1)).toEqual(next);
    expect(availabilityAt(next, end)).toEqual({
      ...next,
      activity: "available",
      activityExpiresAt: null,
      activityText: null,
    });
    expect(availabilityAt(next, end + 1_000_000)).toEqual(availabilityAt(next, end));
  });

  it("has between one second and its full duration left while it lasts", () => {
    expect(secondsLeft(next, start)).toBe(60);
    expect(secondsLeft(next, start + 1)).toBe(60);
    expect(secondsLeft(next, start + 999)).toBe(60);
    expect(secondsLeft(next, start + 1000)).toBe(59);
    expect(secondsLeft(next, end - 1)).toBe(1);
    expect(secondsLeft(next, end)).toBeUndefined();
    expect(secondsLeft(initial, start)).toBeUndefined();
  });

  it("changes no timestamp when it expires", () => {
    expect(times(availabilityAt(next, end))).toEqual(times(next));
  });

  it("can be set again after it expires, as a new activity", () => {
    const again = apply(next, { activity: "onBreak" }, end).next;
    expect(again).toMatchObject({ activity: "onBreak", activityExpiresAt: null, lastActivitySet: end });
    expect(apply(next, { activity: "onBreak" }, end - 1).next.lastActivitySet).toBe(start);
  });

  it("counts as available after it expires, so that setting `available` changes nothing", () => {
    expect(apply(next, { activity: "available" }, end)).toEqual({
      ok: true,
      changed: false,
      next: availabilityAt(next, end),
    });
  });

  it("keeps its end and text if something else changes", () => {
    const away = apply(next, { status: "offline" }, later).next;
    expect(away).toMatchObject({ activity: "onBreak", activityExpiresAt: end, activityText: "tea" });
    const retold = apply(next, { activityText: "more tea" }, later).next;
    expect(retold).toMatchObject({
      activityExpiresAt: end,
      activityText: "more tea",
      lastActivitySet: start,
    });
  });

  it("loses its end and text if the activity is set again without them", () => {
    for (const activity of ["onBreak", "busy"] as const)
      expect(apply(next, { activity }, later).next).toMatchObject({
        activityExpiresAt: null,
        activityText: null,
      });
  });

  it("loses its end, or its text, if set to null", () => {
    expect(apply(next, { activityTtl: null }, later).next).toMatchObject({
      activity: "onBreak",
      activityExpiresAt: null,
      activityText: "tea",
    });
    expect(apply(next, { activityText: null }, later).next).toMatchObject({
      activityExpiresAt: end,
      activityText: null,
    });
  });

  it("restarts its countdown if new seconds are set", () => {
    expect(apply(next, { activityTtl: 60 }, later).next.activityExpiresAt).toBe(later + 60_000);
  });

  it("can't be `available`, which has no end", () => {
    const refused = { ok: false, problems: { activityTtl: [expect.any(String)] } };
    expect(changeAvailability(next, { activity: "available", activityTtl: 5 }, later)).toEqual(refused);
    expect(changeAvailability(initial, { activityTtl: 5 }, later)).toEqual(refused);
    expect(changeAvailability(next, { activityTtl: 5 }, end)).toEqual(refused);
    expect(changeAvailability(next, { activityTtl: 5 }, end - 1)).toMatchObject({ ok: true });
    expect(changeAvailability(initial, { activity: "available", activityTtl: null }, later)).toMatchObject({
      ok: true,
      changed: false,
    });
  });
});

describe("a status", () => {
  it("remembers the status before going offline and keeps it afterwards", () => {
    const active = apply(initial, { status: "active" }, later).next;
    expect(active.statusBeforeOffline).toBeNull();
    const offline = apply(active, { status: "offline" }, later + 1).next;
    expect(offline.statusBeforeOffline).toBe("active");
    const back = apply(offline, { status: "away" }, later + 2).next;
    expect(back).toMatchObject({ statusBeforeOffline: "active", lastSetToAwayAt: later + 2 });
    expect(apply(back, { status: "offline" }, later + 3).next.statusBeforeOffline).toBe("away");
  });

  it("stays unchanged if offline is set again", () => {
    const offline = apply(initial, { status: "offline" }, later).next;
    expect(apply(offline, { status: "offline" }, later + 1)).toEqual({
      ok: true,
      changed: false,
      next: offline,
    });
  });

  it("updates lastSetToAwayAt only on becoming away", () => {
    const active = apply(initial, { status: "active" }, later).next;
    expect(active.lastSetToAwayAt).toBe(start);
    expect(apply(active, { status: "away" }, later + 1).next.lastSetToAwayAt).toBe(later + 1);
    expect(apply(initial, { status: "away" }, later).next.lastSetToAwayAt).toBe(start);
  });
});

describe("any change", () => {
  it("changes no timestamp if repeated while it lasts", () => {
    fc.assert(
      fc.property(history, change, fc.integer({ min: 0, max: 999 }), ({ declared, now }, what, pause) => {
        const first = changeAvailability(declared, what, now);
        if (!first.ok) return;
        // Stay below the earliest expiry, so that the first change is still in effect.
        const shortest = first.next.activityExpiresAt ?? Number.POSITIVE_INFINITY;
        const then = Math.min(now + pause, shortest - 1);
        if (then < now) return;
        const second = apply(first.next, what, then);
        expect(times(second.next)).toEqual(times(first.next));
        if (typeof what.activityTtl !== "number") expect(second.changed).toBe(false);
      }),
    );
  });

  it("does nothing if empty", () => {
    fc.assert(
      fc.property(history, fc.nat(200_000_000), ({ declared, now }, pause) => {
        const outcome = apply(declared, {}, now + pause);
        expect(outcome).toEqual({ ok: true, changed: false, next: availabilityAt(declared, now + pause) });
      }),
    );
  });

  it("updates updatedAt exactly if something changes that answers show", () => {
    fc.assert(
      fc.property(history, change, ({ declared, now }, what) => {
        const outcome = changeAvailability(declared, what, now);
        if (!outcome.ok) return;
        const before = availabilityAt(declared, now);
        const { updatedAt, statusAutomatic, ...shown } = outcome.next;
        const shownBefore = { ...before, updatedAt: undefined, statusAutomatic: undefined };
        const same = JSON.stringify(shown) === JSON.stringify(shownBefore);
        expect(outcome.changed).toBe(!same || statusAutomatic !== before.statusAutomatic);
        expect(updatedAt).toBe(same ? before.updatedAt : now);
      }),
    );
  });

  it("does not mutate its input", () => {
    fc.assert(
      fc.property(history, change, ({ declared, now }, what) => {
        const copy = structuredClone(declared);
        changeAvailability(declared, what, now);
        expect(declared).toEqual(copy);
      }),
    );
  });

  it("takes effect, and ends an activity only together with its text", () => {
    fc.assert(
      fc.property(history, change, ({ declared, now }, what) => {
        const outcome = changeAvailability(declared, what, now);
        if (!outcome.ok) return;
        const { next } = outcome;
        if (what.status) expect(next.status).toBe(what.status);
        if (what.activity) expect(next.activity).toBe(what.activity);
        if (what.activityText !== undefined) expect(next.activityText).toBe(what.activityText);
        if (next.activityExpiresAt !== null) {
          expect(next.activity).not.toBe("available");
          expect(next.activityExpiresAt).toBeGreaterThan(now);
        }
        for (const time of [next.lastStatusSet, next.lastActivitySet]) expect(time).toBeLessThanOrEqual(now);
      }),
    );
  });
});

describe("the availability at a time", () => {
  it("is stable when computed twice, and an expired activity never comes back", () => {
    fc.assert(
      fc.property(history, fc.nat(200_000_000), fc.nat(200_000_000), ({ declared, now }, pause, more) => {
        const current = availabilityAt(declared, now + pause);
        expect(availabilityAt(current, now + pause)).toEqual(current);
        expect(availabilityAt(current, now + pause + more)).toEqual(
          availabilityAt(declared, now + pause + more),
        );
        expect(secondsLeft(current, now + pause)).toBe(secondsLeft(declared, now + pause));
      }),
    );
  });
});

describe("activityNow", () => {
  const onBreak = { activity: "onBreak", activityTtl: 60, activityText: "Lunch" } as const;

  it("counts down seconds from the time of the response", () => {
    expect(activityNow(onBreak, 1_000_000, 1_012_500)).toEqual({
      activity: "onBreak",
      text: "Lunch",
      secondsLeft: 48,
    });
  });

  it("is available, without text, once the time has run out", () => {
    expect(activityNow(onBreak, 1_000_000, 1_060_000)).toEqual({
      activity: "available",
      text: undefined,
      secondsLeft: undefined,
    });
  });

  it("never shows more seconds than the response had, even if the clock goes back", () => {
    expect(activityNow(onBreak, 1_000_000, 990_000).secondsLeft).toBe(60);
  });

  it("keeps an activity without an end", () => {
    expect(activityNow({ activity: "busy" }, 0, Number.MAX_SAFE_INTEGER).activity).toBe("busy");
  });
});
