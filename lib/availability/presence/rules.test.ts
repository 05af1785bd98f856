import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repeatedSeed } from "@/lib/testing/environment";
import { beatIn, changesSince, graceMs, lastingMs, type SessionTimes, stateAt } from "./rules";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const options = { numRuns: 2_000, ...repeatedSeed() };

/** A session as stored in the database. */
const started = (at: number): SessionTimes => ({
  startedAt: at,
  lastInputAt: at,
  lastSeenAt: at,
  endsAt: at + lastingMs,
});
const beaten = (session: SessionTimes, at: number, input = false): SessionTimes => ({
  startedAt: session.startedAt,
  lastInputAt: input ? at : session.lastInputAt,
  lastSeenAt: at,
  endsAt: at + lastingMs,
});
const ended = (session: SessionTimes, at: number): SessionTimes => ({ ...session, endsAt: at + graceMs });

describe("a session", () => {
  it("with one heartbeat a minute is never absent in 24 hours, even if each comes up to 30 s late", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 20, maxLength: 60 }), (late) => {
        let session = started(0);
        for (let minute = 1; minute * MINUTE < DAY; minute++) {
          const at = minute * MINUTE + (late[minute % late.length] ?? 0);
          expect(stateAt([session], undefined, at - 1)).toBe("present");
          session = beaten(session, at);
        }
      }),
      { ...options, numRuns: 50 },
    );
  });

  it("survives one lost heartbeat and servers that are away for 45 s", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.boolean(), (fraction, lost) => {
        const pause = beatIn(0, fraction / 1_000_000) * 1000;
        const last = beaten(started(0), pause);
        // The next heartbeat is lost or reaches no server, and the client retries when the servers are back.
        const next = pause + pause * (lost ? 2 : 1) + 45_000 - 1;
        expect(stateAt([last], undefined, next)).toBe("present");
      }),
      options,
    );
  });

  it("ends 150 s after silence, and 60 s after it was ended", () => {
    const session = beaten(started(0), 40_000);
    expect(stateAt([session], undefined, 40_000 + 150_000 - 1)).toBe("present");
    expect(stateAt([session], undefined, 40_000 + 150_000)).toBe("absent");
    const closed = ended(session, 50_000);
    expect(stateAt([closed], undefined, 50_000 + 60_000 - 1)).toBe("present");
    expect(stateAt([closed], undefined, 50_000 + 60_000)).toBe("absent");
    expect(stateAt([beaten(closed, 100_000)], undefined, 100_000 + 150_000 - 1)).toBe("present");
  });
});

const someSession = fc
  .record({
    startedAt: fc.integer({ min: 0, max: 100 }),
    seen: fc.integer({ min: 0, max: 60 }),
    input: fc.integer({ min: 0, max: 60 }),
    lasts: fc.integer({ min: 1, max: 60 }),
  })
  .map(
    ({ startedAt, seen, input, lasts }): SessionTimes => ({
      startedAt,
      lastInputAt: startedAt + Math.min(seen, input),
      lastSeenAt: startedAt + seen,
      endsAt: startedAt + seen + lasts,
    }),
  );
const someSessions = fc.array(someSession, { maxLength: 5 });
const idleAfter = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined });

describe("the state of an agent", () => {
  it("stays the same when one of several sessions ends while another one is in use", () => {
    fc.assert(
      fc.property(someSessions, someSession, fc.integer({ min: 0, max: 250 }), (others, one, at) => {
        fc.pre(stateAt(others, undefined, at) === "present");
        expect(stateAt([...others, ended(one, at)], undefined, at)).toBe("present");
        expect(stateAt(others, undefined, at)).toBe("present");
      }),
      options,
    );
  });

  it("is idle only when every open session is", () => {
    const idle = { ...started(0), endsAt: 900 };
    const busy = { ...started(0), lastInputAt: 50, endsAt: 900 };
    expect(stateAt([idle], 60, 59)).toBe("present");
    expect(stateAt([idle], 60, 60)).toBe("idle");
    expect(stateAt([idle, busy], 60, 60)).toBe("present");
    expect(stateAt([idle, busy], 60, 110)).toBe("idle");
    expect(stateAt([idle], undefined, 800)).toBe("present");
  });

  it("changes exactly where the changes say, whenever they are recorded", () => {
    const times = fc.array(fc.integer({ min: 0, max: 260 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(someSessions, idleAfter, times, (sessions, idle, looks) => {
        const changes = [];
        let recorded = { state: stateAt(sessions, idle, 0), since: 0 };
        for (const now of [...looks, 300].sort((a, b) => a - b)) {
          const found = changesSince(recorded, sessions, idle, now);
          changes.push(...found);
          recorded = found.at(-1) ?? recorded;
        }
        const expected = [];
        for (let at = 1; at <= 300; at++)
          if (stateAt(sessions, idle, at) !== stateAt(sessions, idle, at - 1))
            expected.push({ state: stateAt(sessions, idle, at), since: at });
        expect(changes).toEqual(expected);
      }),
      options,
    );
  });
});

describe("the interval between heartbeats", () => {
  it("is 45 seconds, 10 % more or less, and longer under load", () => {
    const span = (running: number) => [beatIn(running, 0), beatIn(running, 0.999_999)];
    expect(span(0)).toEqual([41, 49]);
    expect(span(200)).toEqual([54, 66]);
    expect(span(100_000)).toEqual([54, 66]);
    expect(beatIn(110, 0.5)).toBeGreaterThan(45);
    // A session survives the loss of one heartbeat at the longest interval.
    expect(2 * beatIn(100_000, 1) * 1000).toBeLessThan(lastingMs);
  });
});
