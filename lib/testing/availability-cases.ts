import fc from "fast-check";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import type { AvailabilityFacts } from "@/lib/availability/effective/facts";
import { allowableCodes, channels, deciderCodes } from "@/lib/availability/effective/values";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import { type SimpleHours, simpleCalendar } from "@/lib/hours/calendar/simple";
import { calendarsAround } from "./calendar-cases";
import { oddZones, schedules } from "./schedules";
import { transitions } from "./slow-clock";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Facts and policy of one agent, and a time to ask about. */
export interface AvailabilityCase {
  facts: AvailabilityFacts;
  policy: AvailabilityPolicy;
  at: number;
}

const zones = fc.oneof(fc.constantFrom(...oddZones), fc.constantFrom(...Intl.supportedValuesOf("timeZone")));

/** Times from 1970 to 2040, mostly near a clock change of the zone. */
function timesIn(zone: string): fc.Arbitrary<number> {
  const any = fc.integer({ min: Date.UTC(1971, 1, 1), max: Date.UTC(2039, 0, 1) });
  const changes = transitions(zone);
  if (changes.length === 0) return any;
  const shift = (span: number) => fc.integer({ min: -span, max: span });
  const near = (by: fc.Arbitrary<number>) =>
    fc.tuple(fc.constantFrom(...changes), by).map(([change, distance]) => change + distance);
  return fc.oneof(
    { weight: 3, arbitrary: near(shift(2 * DAY)) },
    { weight: 2, arbitrary: near(shift(3 * 60).map((minutes) => minutes * MINUTE)) },
    { weight: 1, arbitrary: near(fc.constantFrom(-1, 0, 1)) },
    { weight: 2, arbitrary: any },
  );
}

/** Distances from the time of the question: exact, off by one, whole minutes or arbitrary; near or far. */
const near = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(-1, 0, 1) },
  { weight: 6, arbitrary: fc.integer({ min: -30 * 60, max: 30 * 60 }).map((minutes) => minutes * MINUTE) },
  { weight: 3, arbitrary: fc.integer({ min: -30 * HOUR, max: 30 * HOUR }) },
);
const farther = fc.oneof(
  { weight: 7, arbitrary: near },
  { weight: 1, arbitrary: fc.integer({ min: -500 * DAY, max: 500 * DAY }) },
);

/** The usual value most of the time, so that channels are open often enough. */
function usually<Value>(usual: Value, otherwise: fc.Arbitrary<Value>, odds = 2): fc.Arbitrary<Value> {
  return fc.oneof({ weight: odds, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: otherwise });
}

function holidaysAround(at: number) {
  const dateOf = (time: number) => {
    const date = new Date(time);
    return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  };
  const days = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
    { weight: 1, arbitrary: fc.integer({ min: -200, max: 200 }) },
  );
  return fc
    .array(days, { maxLength: 4 })
    .map((list) => list.map((day, index) => ({ name: `Holiday ${index}`, ...dateOf(at + day * DAY) })));
}

function timeOffAround(at: number) {
  return fc
    .tuple(
      farther,
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 3 * 24 * 60 })), { maxLength: 3 }),
    )
    .map(([first, parts]) => {
      let start = at + first;
      return parts.map(([touches, minutes], index) => {
        start += touches ? 0 : HOUR;
        const end = start + minutes * MINUTE;
        const one = { id: `time-off-${index}`, start, end, ...(index > 0 && { reason: "Vacation" }) };
        start = end;
        return one;
      });
    });
}

const id = (name: string) => fc.nat(9).map((number) => `${name}-${number}`);
const few = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(4) });

function factsAround(zone: string, at: number): fc.Arbitrary<AvailabilityFacts> {
  const time = near.map((distance) => at + distance);
  const past = near.map((distance) => at - Math.abs(distance));
  const future = near.map((distance) => at + Math.abs(distance) + 1);
  const session = fc.record({
    endsAt: fc.oneof(fc.constant(null), time),
    lastInputAt: past,
  });
  return fc.record({
    type: usually<"user" | "bot">("user", fc.constant("bot"), 7),
    membership: usually<AvailabilityFacts["membership"]>(
      { status: "active" },
      fc.constantFrom({ status: "invited", since: at - DAY }, { status: "suspended" }),
      9,
    ),
    declared: fc
      .record({
        status: usually<"active" | "away" | "offline">("active", fc.constantFrom("away", "offline"), 7),
        activity: usually<AvailabilityFacts["declared"]["activity"]>(
          "available",
          fc.constantFrom(...deciderCodes.activity),
        ),
        activityExpiresAt: fc.oneof(
          { weight: 3, arbitrary: farther.map((distance) => at + distance) },
          { weight: 1, arbitrary: fc.constant(null) },
        ),
        activityText: fc.constantFrom(null, "", "Lunch"),
        lastStatusSet: past,
        lastActivitySet: past,
      })
      .map((declared) =>
        declared.activity === "available" ? { ...declared, activityExpiresAt: null } : declared,
      ),
    hours: fc
      .record({
        timezone: fc.constant(zone),
        weeklySchedule: schedules,
        holidays: usually<SimpleHours["holidays"]>([], holidaysAround(at), 1),
      })
      .map((hours) => compileCalendar(simpleCalendar(hours))),
    timeOff: usually<AvailabilityFacts["timeOff"]>([], timeOffAround(at), 4),
    presence: fc.record({
      sessions: fc.array(session, { maxLength: 3 }),
      lastEndedAt: fc.oneof(fc.constant(null), past),
      lastSeenAt: fc.oneof(fc.constant(null), past),
    }),
    forwardsCalls: fc.boolean(),
    open: fc.record({
      messaging: few,
      email: few,
      voice: usually(0, fc.constant(1), 7),
    }),
    offers: usually<AvailabilityFacts["offers"]>(
      [],
      fc.array(
        fc.record({
          channel: fc.constantFrom(...channels),
          // Expired pending offers are not settled yet.
          expiresAt: fc.oneof({ weight: 3, arbitrary: future }, { weight: 1, arbitrary: past }),
        }),
        { maxLength: 3 },
      ),
      3,
    ),
    capacityRule: usually<AvailabilityFacts["capacityRule"]>(
      null,
      fc.record({ id: fc.constant("rule-1"), messaging: fc.nat(6), email: fc.nat(6) }),
      1,
    ),
    wrapUpTime: fc.constantFrom(0, 1, 60, 3600),
    closed: usually<AvailabilityFacts["closed"]>(
      [],
      fc.uniqueArray(
        fc.record({
          conversationId: id("conversation"),
          closedAt: past.map((t) => at - ((at - t) % (3 * HOUR))),
        }),
        { maxLength: 3, selector: ({ closedAt }) => closedAt },
      ),
    ),
    missedOffers: usually<number[]>([], fc.array(past, { maxLength: 4 })),
  });
}

const policies: fc.Arbitrary<AvailabilityPolicy> = fc.record({
  presence: fc.constantFrom("off", "off", "gate", "sync"),
  idleAfterMinutes: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 240 })),
  missedOffers: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 4 })),
  enforceHours: usually(true, fc.constant(false), 3),
  allow: fc.oneof(
    fc.constant({ absent: ["email"], idle: ["email"], notResponding: ["email"] } as const),
    fc.record(Object.fromEntries(allowableCodes.map((code) => [code, fc.subarray([...channels])] as const)), {
      requiredKeys: [],
    }),
  ),
  reassignOnLeave: fc.constant(null),
});

/** Agents in all states, with times of all kinds. */
export const availabilityCases: fc.Arbitrary<AvailabilityCase> = zones.chain((zone) =>
  timesIn(zone).chain((at) =>
    fc.record({ facts: factsAround(zone, at), policy: policies, at: fc.constant(at) }),
  ),
);

function layersAround(zone: string, at: number) {
  return calendarsAround(zone, Math.floor(at / DAY)).map((calendar) => compileCalendar(calendar));
}

/** Many agents of one workspace, and the time of a question. */
export interface WorkforceCase {
  agents: AvailabilityFacts[];
  policy: AvailabilityPolicy;
  /** When the facts are read; not after `at`. */
  now: number;
  at: number;
}

/** Workforces of up to `most` agents in different zones. Half of them have calendars with all layers. */
export const workforceCases = (most: number): fc.Arbitrary<WorkforceCase> =>
  zones.chain((zone) =>
    timesIn(zone).chain((at) =>
      fc.record({
        agents: fc.array(
          fc
            .oneof(fc.constant(zone), zones)
            .chain((of) => factsAround(of, at))
            .chain((facts) =>
              usually(facts.hours, layersAround(facts.hours.hours.data.timezone, at), 1).map((hours) => ({
                ...facts,
                hours,
              })),
            )
            .map((facts) => ({
              ...facts,
              timeOff: [],
              membership: facts.type === "bot" ? null : facts.membership,
            })),
          { minLength: most, maxLength: most },
        ),
        policy: policies,
        now: usually(
          at,
          fc.integer({ min: 0, max: 30 * HOUR }).map((ahead) => at - ahead),
        ),
        at: fc.constant(at),
      }),
    ),
  );
