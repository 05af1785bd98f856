import { describe, expect, it } from "vitest";
import { fullAlone, type ReadinessFacts, readinessOf } from "./readiness";

const at = (text: string) => Date.parse(text);
// A Tuesday; 12:22 in Berlin.
const now = at("2027-03-09T11:22:00Z");

const nine = { hour: 9, minute: 0 };
const five = { hour: 17, minute: 0 };
const shift = { from: nine, to: five };

function facts(change: Partial<ReadinessFacts> = {}): ReadinessFacts {
  return {
    availability: { status: "active", activity: "available", lastStatusSet: "2027-03-09T08:00:00.000Z" },
    timezone: "Europe/Berlin",
    weeklySchedule: { monday: shift, tuesday: shift, wednesday: shift, thursday: shift, friday: shift },
    holidays: [],
    workload: { workload: { messaging: 2, email: 0 }, rule: { capacity: { messaging: 5, email: 3 } } },
    ...change,
  };
}

const load = (messaging: number, email: number, capacity = { messaging: 5, email: 3 }) => ({
  workload: { workload: { messaging, email }, rule: { capacity } },
});

describe("readinessOf", () => {
  it("gives no reason for an active, available agent in working hours with free capacity", () => {
    expect(readinessOf(facts(), now, now)).toEqual({ verdict: "ready", reasons: [] });
  });

  it("gives the status and when it was set", () => {
    const availability = { ...facts().availability, status: "away" as const };
    expect(readinessOf(facts({ availability }), now, now)).toEqual({
      verdict: "notReady",
      reasons: [{ kind: "status", status: "away", since: at("2027-03-09T08:00:00Z") }],
    });
  });

  it("is never ready if the person is suspended, regardless of the declared status", () => {
    expect(readinessOf(facts({ suspended: true }), now, now)).toEqual({
      verdict: "notReady",
      reasons: [{ kind: "suspended" }],
    });
  });

  it("counts down an activity from the time it was read and lets it expire", () => {
    const availability = {
      ...facts().availability,
      activity: "onBreak" as const,
      activityTtl: 900,
      activityText: "Lunch",
    };
    expect(readinessOf(facts({ availability }), now, now + 180_000).reasons).toEqual([
      { kind: "activity", activity: "onBreak", text: "Lunch", secondsLeft: 720 },
    ]);
    expect(readinessOf(facts({ availability }), now, now + 900_000).verdict).toBe("ready");
  });

  it("tells when working hours start again in the agent's time zone", () => {
    const friday = at("2027-03-12T16:00:00Z");
    expect(readinessOf(facts(), friday, friday)).toEqual({
      verdict: "notReady",
      reasons: [{ kind: "hours", holiday: undefined, until: at("2027-03-15T08:00:00Z") }],
    });
  });

  it("names the holiday, and handles hours that never start", () => {
    const holidays = [{ name: "Founding day", day: 9, month: 3 }];
    expect(readinessOf(facts({ holidays }), now, now).reasons).toEqual([
      { kind: "hours", holiday: "Founding day", until: at("2027-03-10T08:00:00Z") },
    ]);
    expect(readinessOf(facts({ weeklySchedule: {} }), now, now).reasons).toEqual([
      { kind: "hours", holiday: undefined, until: null },
    ]);
  });

  it("names the holiday on which the shift would have started, not today's", () => {
    const night = { from: { hour: 22, minute: 0 }, to: { hour: 6, minute: 0 } };
    const nights = facts({
      weeklySchedule: { monday: night, tuesday: night, wednesday: night },
      holidays: [{ name: "Founding day", day: 9, month: 3 }],
    });
    const reasonAt = (time: string) => readinessOf(nights, at(time), at(time)).reasons;
    // Monday's night shift runs into Tuesday, the holiday, and still takes place.
    expect(reasonAt("2027-03-09T02:00:00Z")).toEqual([]);
    const until = at("2027-03-10T21:00:00Z");
    expect(reasonAt("2027-03-09T12:00:00Z")).toEqual([{ kind: "hours", holiday: "Founding day", until }]);
    expect(reasonAt("2027-03-10T02:00:00Z")).toEqual([{ kind: "hours", holiday: "Founding day", until }]);
    // Tuesday's night shift would have ended by now.
    expect(reasonAt("2027-03-10T12:00:00Z")).toEqual([{ kind: "hours", holiday: undefined, until }]);
  });

  it("is always in working hours without a schedule", () => {
    const night = at("2027-03-14T02:00:00Z");
    expect(readinessOf(facts({ weeklySchedule: undefined }), night, night).verdict).toBe("ready");
  });

  it("is partly ready if one channel is full, and not ready if both are", () => {
    expect(readinessOf(facts(load(5, 1)), now, now)).toEqual({
      verdict: "partly",
      reasons: [{ kind: "full", channel: "messaging", open: 5, capacity: 5 }],
    });
    expect(readinessOf(facts(load(6, 3)), now, now).verdict).toBe("notReady");
    expect(readinessOf(facts(load(0, 0, { messaging: 0, email: 0 })), now, now).verdict).toBe("notReady");
  });

  it("has no limit without a rule", () => {
    const workload = { workload: { messaging: 90, email: 90 } };
    expect(readinessOf(facts({ workload }), now, now).verdict).toBe("ready");
  });

  it("lists all reasons", () => {
    const availability = {
      ...facts().availability,
      status: "offline" as const,
      activity: "onCall" as const,
    };
    const sunday = at("2027-03-14T12:00:00Z");
    const { verdict, reasons } = readinessOf(facts({ availability, ...load(5, 0) }), sunday, sunday);
    expect(verdict).toBe("notReady");
    expect(reasons.map(({ kind }) => kind)).toEqual(["status", "activity", "hours", "full"]);
  });
});

describe("the only full channel", () => {
  it.each([
    [{ messaging: 5, email: 2 }, { messaging: 5, email: 10 }, "messaging"],
    [{ messaging: 1, email: 11 }, { messaging: 5, email: 10 }, "email"],
    [{ messaging: 5, email: 10 }, { messaging: 5, email: 10 }, undefined],
    [{ messaging: 4, email: 9 }, { messaging: 5, email: 10 }, undefined],
    [{ messaging: 0, email: 1 }, { messaging: 0, email: 10 }, undefined],
    [{ messaging: 50, email: 50 }, undefined, undefined],
  ] as const)("%j of %j: %s", (workload, capacity, channel) =>
    expect(fullAlone({ workload, rule: capacity && { capacity } })).toBe(channel),
  );
});
