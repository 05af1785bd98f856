import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import type { AvailabilityFacts } from "@/lib/availability/effective/facts";
import type { AgentCalendar, Span } from "@/lib/hours/calendar/data";
import { slowCalendar } from "./calendar-oracle";
import { firstShown, type Walk, walk } from "./slow-clock";

/*
 * A second implementation of effective availability for tests, written from the text of docs/availability.md:
 * no shared rules, no shared time arithmetic, no attention to speed.
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Channel = "messaging" | "email" | "voice";

/** One reason, before applying the policy's `allow`. */
export interface SlowReason {
  decider: string;
  code: string;
  channels: Channel[];
  details?: unknown;
}

interface SlowShift {
  start: number;
  end: number;
  date: string;
  /** The first holiday on the date. */
  holiday: string | undefined;
}

export interface SlowAvailability {
  /** The length of a step within which only facts with their own times can change anything. */
  step: number;
  /** All reasons at a time, in the order of the table. */
  reasonsAt: (instant: number) => SlowReason[];
  /** The codes that close a channel. */
  closedBy: (channel: Channel, instant: number) => string[];
  /** Which channels are open. */
  openAt: (instant: number) => Record<Channel, boolean>;
  /** Times in the facts at which something may start or end. */
  ownTimes: number[];
}

/** Prepares answers for times in [from, to]. */
export function slowAvailability(
  facts: AvailabilityFacts,
  policy: AvailabilityPolicy,
  from: number,
  to: number,
): SlowAvailability {
  const seed = simpleHours(facts);
  const clock = walk(seed.timezone, from - 3 * DAY, to + 3 * DAY);
  const shifts = shiftsOf(seed, clock);
  const layers = seed.isAll ? undefined : slowCalendar(dataOf(facts), from, to);

  function reasonsAt(now: number): SlowReason[] {
    const reasons: SlowReason[] = [];
    const person = facts.type === "user";

    // membership
    if (person && facts.membership?.status === "invited") reasons.push(onAll("membership", "invited"));
    if (person && facts.membership?.status === "suspended") reasons.push(onAll("membership", "suspended"));

    // status
    if (facts.declared.status === "offline") reasons.push(onAll("status", "offline"));
    if (facts.declared.status === "away") reasons.push(onAll("status", "away"));

    // activity
    const { activity, activityExpiresAt, activityText } = facts.declared;
    if (activity !== "available" && (activityExpiresAt === null || activityExpiresAt > now))
      reasons.push(onAll("activity", activity, activityText ? { text: activityText } : undefined));

    // timeOff
    if (person) {
      for (const { id, start, end, reason } of facts.timeOff) {
        if (now < start || now >= end) continue;
        reasons.push(onAll("timeOff", "timeOff", reason === undefined ? { id } : { id, reason }));
        break;
      }
    }

    // hours
    if (person && policy.enforceHours && layers) {
      const code = layers.code(now);
      if (code) reasons.push(onAll("hours", code));
    } else if (person && policy.enforceHours) {
      let works = false;
      let removed: SlowShift | undefined;
      for (const shift of shifts) {
        if (now < shift.start || now >= shift.end) continue;
        if (shift.holiday === undefined) works = true;
        else if (removed === undefined || shift.date < removed.date) removed = shift;
      }
      if (!works && removed) {
        reasons.push(onAll("hours", "holiday", { name: removed.holiday, date: removed.date }));
      } else if (!works) {
        const today = dateOf(clock, now);
        const name = holidayOn(seed, today);
        if (name === undefined) reasons.push(onAll("hours", "outOfHours"));
        else reasons.push(onAll("hours", "holiday", { name, date: isoDate(today) }));
      }
    }

    // presence and idle
    let sessions = 0;
    let inUse = 0;
    for (const { endsAt, lastInputAt } of facts.presence.sessions) {
      if (endsAt !== null && endsAt <= now) continue;
      sessions += 1;
      if (policy.idleAfterMinutes !== null && now - lastInputAt < policy.idleAfterMinutes * MINUTE)
        inUse += 1;
    }
    if (person && policy.presence !== "off" && sessions === 0)
      reasons.push({
        decider: "presence",
        code: "absent",
        channels: facts.forwardsCalls ? ["messaging", "email"] : ["messaging", "email", "voice"],
        details: facts.presence.lastSeenAt === null ? undefined : { lastSeenAt: facts.presence.lastSeenAt },
      });
    if (
      person &&
      policy.presence !== "off" &&
      policy.idleAfterMinutes !== null &&
      sessions > 0 &&
      inUse === 0
    )
      reasons.push(onAll("idle", "idle"));

    // wrapUp
    let wrapping: { conversationId: string; closedAt: number } | undefined;
    for (const conversation of facts.closed) {
      const elapsed = now - conversation.closedAt;
      if (elapsed < 0 || elapsed >= facts.wrapUpTime * 1000) continue;
      if (!wrapping || conversation.closedAt > wrapping.closedAt) wrapping = conversation;
    }
    if (wrapping) reasons.push(onAll("wrapUp", "wrappingUp", { conversationId: wrapping.conversationId }));

    // capacity
    const offered = { messaging: 0, email: 0, voice: 0 };
    for (const offer of facts.offers) if (offer.expiresAt > now) offered[offer.channel] += 1;
    const rule = facts.capacityRule;
    if (rule && facts.open.messaging + offered.messaging >= rule.messaging)
      reasons.push(full("messaging", offered.messaging, rule.messaging, rule.id));
    if (rule && facts.open.email + offered.email >= rule.email)
      reasons.push(full("email", offered.email, rule.email, rule.id));
    if (facts.open.voice + offered.voice >= 1) reasons.push(full("voice", offered.voice, 1, undefined));

    // call
    if (facts.open.voice + offered.voice > 0)
      reasons.push({
        decider: "call",
        code: "inCall",
        channels: ["messaging", "email"],
        details: undefined,
      });

    // response
    if (person && policy.missedOffers !== null) {
      let missed = 0;
      for (const expiredAt of facts.missedOffers) if (expiredAt <= now) missed += 1;
      for (const { expiresAt } of facts.offers) if (expiresAt <= now) missed += 1;
      if (missed >= policy.missedOffers) reasons.push(onAll("response", "notResponding"));
    }
    return reasons;
  }

  function full(channel: Channel, offered: number, capacity: number, ruleId: string | undefined) {
    const open = facts.open[channel];
    return {
      decider: "capacity",
      code: "atCapacity",
      channels: [channel],
      details: { channel, open, offered, capacity, ruleId },
    };
  }

  function openAt(now: number): Record<Channel, boolean> {
    const open = { messaging: true, email: true, voice: true };
    for (const { code, channels } of reasonsAt(now))
      for (const channel of channels) if (!allow[code]?.includes(channel)) open[channel] = false;
    return open;
  }

  const allow: Record<string, readonly string[] | undefined> = policy.allow;
  return {
    openAt,
    step: clock.step,
    reasonsAt,
    closedBy: (channel, now) =>
      reasonsAt(now)
        .filter(({ code, channels }) => channels.includes(channel) && !allow[code]?.includes(channel))
        .map(({ code }) => code),
    ownTimes: ownTimes(facts, policy),
  };
}

function onAll(decider: string, code: string, details?: unknown): SlowReason {
  return { decider, code, channels: ["messaging", "email", "voice"], details };
}

function isoDate(date: number): string {
  return new Date(date).toISOString().slice(0, 10);
}

/** The local date at a time, as midnight of the same date in UTC. */
function dateOf({ begin, step, walls }: Walk, now: number): number {
  const index = Math.floor((now - begin) / step);
  const wall = walls[index];
  if (wall === undefined) throw new RangeError("outside the times that the oracle is prepared for");
  return Math.floor(wall / DAY) * DAY;
}

interface SimpleHours extends Pick<AgentCalendar, "timezone" | "holidays"> {
  /** A span a weekday, Monday first; null means always. */
  week: readonly (Span | undefined)[] | null;
  /** Whether the agent has nothing else. */
  isAll: boolean;
}

function dataOf({ hours }: AvailabilityFacts): AgentCalendar {
  return { ...hours.hours.data, ...hours.exceptions };
}

/** The hours of the seed's shape. Names of holidays are expected of these only. */
function simpleHours(facts: AvailabilityFacts): SimpleHours {
  const { timezone, holidays, versions, travel, calendars, rotations, overrides } = dataOf(facts);
  const week = versions?.[0]?.week ?? [];
  return {
    timezone,
    holidays,
    week: versions && week.map((plan) => plan[0]),
    isAll:
      (versions?.length ?? 0) <= 1 &&
      week.every((plan) => plan.length <= 1) &&
      [travel, calendars, rotations, overrides].every((list) => list.length === 0),
  };
}

function holidayOn({ holidays }: SimpleHours, date: number): string | undefined {
  const calendar = new Date(date);
  for (const { name, month, day } of holidays)
    if (month === calendar.getUTCMonth() + 1 && day === calendar.getUTCDate()) return name;
  return undefined;
}

/** Shifts of all local dates in the period, including those that a holiday removes. */
function shiftsOf(seed: SimpleHours, clock: Walk): SlowShift[] {
  const dates = new Set<number>();
  for (let index = 0; index < clock.walls.length; index += 30)
    dates.add(Math.floor((clock.walls[index] ?? 0) / DAY) * DAY);
  const shifts: SlowShift[] = [];
  for (const date of dates) {
    const hours = seed.week ? seed.week[(new Date(date).getUTCDay() + 6) % 7] : { from: 0, to: 0 };
    if (!hours) continue;
    const start = firstShown(clock, date + hours.from * MINUTE);
    const end = firstShown(clock, (hours.to > hours.from ? date : date + DAY) + hours.to * MINUTE);
    if (start !== null && end !== null && start < end)
      shifts.push({ start, end, date: isoDate(date), holiday: holidayOn(seed, date) });
  }
  return shifts;
}

function ownTimes(facts: AvailabilityFacts, policy: AvailabilityPolicy): number[] {
  const times: (number | null)[] = [facts.declared.activityExpiresAt];
  for (const { start, end } of facts.timeOff) times.push(start, end);
  for (const { endsAt, lastInputAt } of facts.presence.sessions)
    times.push(endsAt, lastInputAt + (policy.idleAfterMinutes ?? 0) * MINUTE);
  for (const { closedAt } of facts.closed) times.push(closedAt, closedAt + facts.wrapUpTime * 1000);
  for (const { expiresAt } of facts.offers) times.push(expiresAt);
  return times.filter((time) => time !== null);
}
