import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import { type AvailabilityCase, availabilityCases } from "@/lib/testing/availability-cases";
import { slowAvailability } from "@/lib/testing/availability-oracle";
import { repeatedRuns, repeatedSeed } from "@/lib/testing/environment";
import type { AvailabilityPolicy } from "./deciders";
import type { AvailabilityFacts } from "./facts";
import { closersOf, effectiveAvailability, firstCode, horizonMs, tally, verdictsAt } from "./rules";
import { type Channel, channels, codes, type DeciderName } from "./values";

/*
 * Compares the function with an independent implementation (lib/testing/availability-oracle.ts), which checks
 * every minute and every time in the facts. `FC_RUNS` sets the number of cases.
 */
const RUNS = repeatedRuns(3_000);
const options = { numRuns: RUNS, ...repeatedSeed() };
/** For properties that the comparison also covers. */
const fewer = { ...options, numRuns: Math.ceil(RUNS / 5) };
const TIMEOUT = 300_000 + RUNS * 20;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How far ahead the oracle checks every minute. */
const WINDOW = 26 * HOUR;

/** Asks the oracle about a few distinct times, once each. */
function slowlyOpen({ facts, policy }: AvailabilityCase): (at: number) => Record<Channel, boolean> {
  const answers = new Map<number, Record<Channel, boolean>>();
  return (at) => {
    const known = answers.get(at) ?? slowAvailability(facts, policy, at - 1, at + 1).openAt(at);
    answers.set(at, known);
    return known;
  };
}

/** Spreads times over [from, until). */
function between(from: number, until: number, count: number): number[] {
  return Array.from({ length: count }, (_, part) =>
    Math.floor(from + ((until - 1 - from) * (part + 1)) / count),
  );
}

/**
 * Returns when the oracle's answer first changes on each channel. Checks each minute and each time in the
 * facts until `end`.
 */
function slowNextChanges(
  oracle: ReturnType<typeof slowAvailability>,
  at: number,
  end: number,
): Partial<Record<Channel, number>> {
  const ticks: number[] = oracle.ownTimes.filter((time) => time > at && time <= end);
  for (let tick = (Math.floor(at / oracle.step) + 1) * oracle.step; tick <= end; tick += oracle.step)
    ticks.push(tick);
  ticks.sort((a, b) => a - b);
  const before = oracle.openAt(at);
  const changes: Partial<Record<Channel, number>> = {};
  for (const tick of ticks) {
    const open = oracle.openAt(tick);
    for (const channel of channels) if (open[channel] !== before[channel]) changes[channel] ??= tick;
    if (channels.every((channel) => changes[channel] !== undefined)) break;
  }
  return changes;
}

it("compares cases with every code, so that the random facts can't leave one out", {
  timeout: TIMEOUT,
}, () => {
  const reached = new Set(
    fc
      .sample(availabilityCases, { seed: 1, numRuns: 1_000 })
      .flatMap(({ facts, policy, at }) =>
        channels.flatMap((channel) => verdictsAt(facts, policy, at)[channel].closedBy),
      ),
  );
  expect(codes.filter((code) => !reached.has(code))).toEqual([]);
});

describe("effective availability", () => {
  it(`agrees with a second implementation in ${RUNS.toLocaleString("en")} random cases`, {
    timeout: TIMEOUT,
  }, () => {
    fc.assert(
      fc.property(availabilityCases, (each) => {
        const { facts, policy, at } = each;
        const answer = effectiveAvailability(facts, policy, at);
        const oracle = slowAvailability(facts, policy, at, at + WINDOW);

        const allow: Record<string, readonly string[] | undefined> = policy.allow;
        const expected = oracle
          .reasonsAt(at)
          .map((reason) => ({
            ...reason,
            channels: reason.channels.filter((channel) => !allow[reason.code]?.includes(channel)),
          }))
          .filter((reason) => reason.channels.length > 0);
        expect(
          answer.deciders.map(({ decider, code, channels, details }) => ({
            decider,
            code,
            channels,
            details,
          })),
        ).toEqual(expected);

        const openAt = slowlyOpen(each);
        const changes = slowNextChanges(oracle, at, at + WINDOW);
        for (const channel of channels) {
          const verdict = answer.channels[channel];
          expect(verdict.closedBy).toEqual(oracle.closedBy(channel, at));
          expect(verdict.open).toBe(verdict.closedBy.length === 0);

          const change = changes[channel];
          if (change !== undefined || (verdict.nextChangeAt ?? Number.POSITIVE_INFINITY) <= at + WINDOW) {
            expect(verdict.nextChangeAt).toBe(change);
            continue;
          }
          const until = verdict.nextChangeAt ?? at + horizonMs;
          const isOpen = (instant: number) => openAt(instant)[channel];
          if (verdict.nextChangeAt !== undefined) {
            expect(until).toBeLessThanOrEqual(at + horizonMs);
            expect([isOpen(until - 1), isOpen(until)]).toEqual([verdict.open, !verdict.open]);
          }
          expect(
            between(at + WINDOW, until, 3).filter((instant) => isOpen(instant) !== verdict.open),
          ).toEqual([]);
        }
      }),
      options,
    );
  });
});

describe("a decider", () => {
  /** Returns whether the decider alone closes this, before the policy's `allow`. */
  function closes({ facts, policy }: AvailabilityCase, key: string, at: number): boolean {
    return slowAvailability(facts, policy, at - 1, at + 1)
      .reasonsAt(at)
      .some((reason) => `${reason.decider} ${reason.decider === "capacity" && reason.channels}` === key);
  }

  it("closes from `since` until `until`", { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(availabilityCases, (each) => {
        const { facts, policy, at } = each;
        for (const { decider, channels, since, until } of effectiveAvailability(facts, policy, at).deciders) {
          const key = `${decider} ${decider === "capacity" && channels}`;
          if (until === undefined) {
            expect(between(at, at + horizonMs, 3).every((time) => closes(each, key, time))).toBe(true);
          } else {
            expect(until).toBeGreaterThan(at);
            expect(closes(each, key, until), `${key} after until`).toBe(false);
            expect(between(at, until, 4).every((time) => closes(each, key, time))).toBe(true);
          }
          if (decider === "status") expect(since).toBe(facts.declared.lastStatusSet);
          if (decider === "activity") expect(since).toBe(facts.declared.lastActivitySet);
          if (since === undefined || !derived.has(decider)) continue;
          expect(since).toBeLessThanOrEqual(at);
          expect(between(since, at + 1, 3).every((time) => closes(each, key, time))).toBe(true);
          expect(closes(each, key, since), `${key} at since`).toBe(true);
          if (decider !== "presence") expect(closes(each, key, since - 1), `${key} before since`).toBe(false);
        }
      }),
      fewer,
    );
  });

  /** Deciders whose `since` follows from facts that also tell the state before. */
  const derived = new Set<DeciderName>(["timeOff", "hours", "presence", "idle", "wrapUp", "response"]);

  it("removed with all others that close a channel, opens it", { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(availabilityCases, ({ facts, policy, at }) => {
        const { deciders } = effectiveAvailability(facts, policy, at);
        for (const channel of channels) {
          const closers = [...new Set(closersOf(deciders, channel).map(({ decider }) => decider))];
          expect(verdictsAt(without(closers, facts, at), policy, at)[channel]).toMatchObject({
            open: true,
            closedBy: [],
          });
          for (const kept of closers) {
            const rest = closers.filter((closer) => closer !== kept && !needs(kept, closer));
            const { closedBy } = verdictsAt(without(rest, facts, at), policy, at)[channel];
            expect(closedBy).toContain(deciders.find(({ decider }) => decider === kept)?.code);
          }
        }
      }),
      fewer,
    );
  });
});

/** Voice is at capacity during a call, so both end together. */
function needs(kept: DeciderName, removed: DeciderName): boolean {
  return [kept, removed].sort().join() === "call,capacity";
}

/** Returns facts in which these deciders no longer close anything. */
function without(deciders: readonly DeciderName[], facts: AvailabilityFacts, at: number): AvailabilityFacts {
  const changed = { ...facts };
  for (const decider of deciders) Object.assign(changed, remedies[decider](changed, at));
  return changed;
}

const remedies: {
  [decider in DeciderName]: (facts: AvailabilityFacts, at: number) => Partial<AvailabilityFacts>;
} = {
  membership: () => ({ membership: { status: "active" } }),
  status: ({ declared }) => ({ declared: { ...declared, status: "active" } }),
  activity: ({ declared }) => ({ declared: { ...declared, activity: "available", activityExpiresAt: null } }),
  timeOff: () => ({ timeOff: [] }),
  hours: ({ hours }) => ({
    hours: compileCalendar({ ...hours.hours.data, ...hours.exceptions, versions: null, holidays: [] }),
  }),
  presence: ({ presence }, at) => ({
    presence: { ...presence, sessions: [{ endsAt: null, lastInputAt: at }] },
  }),
  idle: ({ presence }, at) => ({
    presence: { ...presence, sessions: [...presence.sessions, { endsAt: null, lastInputAt: at }] },
  }),
  wrapUp: () => ({ closed: [] }),
  // Expired offers count as missed, not as load.
  capacity: ({ open, offers }, at) => ({
    capacityRule: null,
    open: { ...open, voice: 0 },
    offers: offers.filter(({ expiresAt }) => expiresAt <= at),
  }),
  call: ({ open, offers }, at) => ({
    open: { ...open, voice: 0 },
    offers: offers.filter(({ channel, expiresAt }) => channel !== "voice" || expiresAt <= at),
  }),
  response: ({ offers }, at) => ({
    missedOffers: [],
    offers: offers.filter(({ expiresAt }) => expiresAt > at),
  }),
};

describe("verdicts", () => {
  it("hold until `nextChangeAt`", { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(
        availabilityCases,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
        ({ facts, policy, at }, parts) => {
          const now = effectiveAvailability(facts, policy, at).channels;
          for (const channel of channels) {
            const { open, nextChangeAt } = now[channel];
            const end = nextChangeAt ?? at + horizonMs;
            const isOpen = (time: number) => verdictsAt(facts, policy, time)[channel].open;
            const within = [...parts.map((part) => Math.floor(at + part * (end - 1 - at))), end - 1];
            expect(within.filter((time) => isOpen(time) !== open)).toEqual([]);
            if (nextChangeAt !== undefined) expect(isOpen(nextChangeAt)).toBe(!open);
          }
        },
      ),
      fewer,
    );
  });

  it("list codes in the order of the table, and first codes add up", { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(fc.array(availabilityCases, { maxLength: 12 }), (agents) => {
        for (const channel of channels) {
          const verdicts = agents.map(({ facts, policy, at }) => verdictsAt(facts, policy, at)[channel]);
          for (const { closedBy } of verdicts)
            expect(closedBy).toEqual(codes.filter((code) => closedBy.includes(code)));
          const { open, closed } = tally(verdicts);
          expect(open).toBe(verdicts.filter((verdict) => verdict.open).length);
          for (const code of codes)
            expect(closed[code] ?? 0).toBe(verdicts.filter((verdict) => firstCode(verdict) === code).length);
          expect(open + Object.values(closed).reduce((sum, count) => sum + count, 0)).toBe(agents.length);
        }
      }),
      fewer,
    );
  });

  it("ignore a code on the channels that the policy allows", { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(availabilityCases, ({ facts, policy, at }) => {
        const strict: AvailabilityPolicy = { ...policy, allow: {} };
        const before = verdictsAt(facts, strict, at);
        const after = verdictsAt(facts, policy, at);
        const allow: Record<string, readonly string[] | undefined> = policy.allow;
        for (const channel of channels)
          expect(after[channel].closedBy).toEqual(
            before[channel].closedBy.filter((code) => !allow[code]?.includes(channel)),
          );
      }),
      fewer,
    );
  });
});
