import { isActivityOver } from "@/lib/availability/declared/rules";
import { nextPlannedChange } from "@/lib/hours/calendar/next-change";
import { LOOK_MS, nextHolidayAt, offHoursAt } from "@/lib/hours/calendar/off-hours";
import { MINUTE_MS } from "@/lib/platform/time/calendar";
import { type Interval, mergeIntervals } from "@/lib/platform/time/interval";
import type { AvailabilityFacts } from "./facts";
import type { AllowableCode, Channel, CodeOf, DeciderName, presenceModes } from "./values";
import { channels } from "./values";

/** Rules of a workspace about what closes channels, and what happens when an agent leaves. */
export interface AvailabilityPolicy {
  readonly presence: (typeof presenceModes)[number];
  /** Null: agents are never idle. */
  readonly idleAfterMinutes: number | null;
  /** Null: agents never become `notResponding`. */
  readonly missedOffers: number | null;
  readonly enforceHours: boolean;
  /** Channels that a code does not close. */
  readonly allow: { readonly [code in AllowableCode]?: readonly Channel[] | undefined };
  /**
   * Seconds until assigned conversations of an agent who left return to their queues, by channel. Absent
   * channels: never. Does not close channels.
   */
  readonly reassignOnLeave: { readonly [channel in Channel]?: number | undefined } | null;
}

/** Details of a code in an answer, by decider. */
export interface DeciderDetails {
  membership: undefined;
  status: undefined;
  activity: { readonly text: string } | undefined;
  timeOff: { readonly id?: string; readonly reason?: string };
  /** The holiday: its name and local date (`YYYY-MM-DD`). */
  hours: { readonly name: string; readonly date: string } | undefined;
  presence: { readonly lastSeenAt: number } | undefined;
  idle: undefined;
  wrapUp: { readonly conversationId: string };
  capacity: {
    readonly channel: Channel;
    readonly open: number;
    readonly offered: number;
    readonly capacity: number;
    readonly ruleId: string | undefined;
  };
  call: undefined;
  response: undefined;
}

/** A code that closes channels at a time, before the policy's `allow`. Times are epoch milliseconds. */
export interface Closing<Name extends DeciderName> {
  readonly code: CodeOf<Name>;
  readonly channels: readonly Channel[];
  readonly since?: number | undefined;
  /** When these channels stop being closed if nobody acts. Undefined if never. */
  readonly until?: number | undefined;
  /** When the code may change, if that is before `until`. */
  readonly codeUntil?: number | undefined;
  readonly details: DeciderDetails[Name];
}

interface Decider<Name extends DeciderName> {
  readonly appliesToBots: boolean;
  /** Returns everything that closes channels at a time. */
  readonly closings: (facts: AvailabilityFacts, policy: AvailabilityPolicy, at: number) => Closing<Name>[];
  /**
   * Returns the first time after `at` at which a code of `closes` may start; undefined if there is none. May
   * be too early, but never too late.
   */
  readonly nextStart: (
    facts: AvailabilityFacts,
    policy: AvailabilityPolicy,
    at: number,
    closes: (code: CodeOf<Name>) => boolean,
  ) => number | undefined;
}

/** For deciders that close nothing later which they don't close now. */
const startsNothing = () => undefined;

/** All deciders. A decider or code of `deciderCodes` without an entry here does not compile. */
export const deciders: { readonly [Name in DeciderName]: Decider<Name> } = {
  membership: {
    appliesToBots: false,
    closings({ membership }) {
      if (!membership || membership.status === "active") return [];
      return [{ code: membership.status, channels, since: membership.since, details: undefined }];
    },
    nextStart: startsNothing,
  },

  status: {
    appliesToBots: true,
    closings({ declared: { status, lastStatusSet } }) {
      if (status === "active") return [];
      return [{ code: status, channels, since: lastStatusSet, details: undefined }];
    },
    nextStart: startsNothing,
  },

  activity: {
    appliesToBots: true,
    closings({ declared }, _, at) {
      const { activity, activityExpiresAt, activityText, lastActivitySet } = declared;
      if (activity === "available" || isActivityOver(declared, at)) return [];
      return [
        {
          code: activity,
          channels,
          since: lastActivitySet,
          until: activityExpiresAt ?? undefined,
          details: activityText ? { text: activityText } : undefined,
        },
      ];
    },
    nextStart: startsNothing,
  },

  timeOff: {
    appliesToBots: false,
    closings({ timeOff }, _, at) {
      const current = timeOff.find((one) => covers(one, at));
      const whole = coveringRun(timeOff, at);
      if (!current || !whole) return [];
      const { id, reason } = current;
      // The ledger does not have the ids of all past time off.
      const details = { ...(id !== "" && { id }), ...(reason !== undefined && { reason }) };
      return [{ code: "timeOff", channels, since: whole.start, until: whole.end, details }];
    },
    nextStart: ({ timeOff }, _, at) =>
      firstAfter(
        at,
        timeOff.map(({ start }) => start),
      ),
  },

  hours: {
    appliesToBots: false,
    closings({ hours }, { enforceHours }, at) {
      const off = enforceHours ? offHoursAt(hours, at) : null;
      if (!off) return [];
      const { since, until, holiday, holidayUntil: codeUntil } = off;
      const code = holiday ? "holiday" : "outOfHours";
      return [{ code, channels, since, until, codeUntil, details: holiday }];
    },
    nextStart({ hours }, { enforceHours }, at, closes) {
      if (!enforceHours) return undefined;
      if (!closes("outOfHours")) {
        // If only holidays close channels, skip the many ends of working hours before the next holiday.
        const holiday = nextHolidayAt(hours, at);
        if (holiday === undefined || holiday > at) return holiday;
      }
      const off = offHoursAt(hours, at);
      if (off) return off.holidayUntil;
      return nextPlannedChange(hours, at, at + LOOK_MS) ?? undefined;
    },
  },

  presence: {
    appliesToBots: false,
    closings({ presence, forwardsCalls }, policy, at) {
      if (policy.presence === "off" || openSessions(presence, at).length > 0) return [];
      const { sessions, lastEndedAt, lastSeenAt } = presence;
      const ends = [...sessions.map(({ endsAt }) => endsAt), lastEndedAt];
      return [
        {
          code: "absent",
          channels: forwardsCalls ? channels.filter((channel) => channel !== "voice") : channels,
          since: latest(ends),
          details: lastSeenAt === null ? undefined : { lastSeenAt },
        },
      ];
    },
    nextStart: ({ presence }, _, at) =>
      firstAfter(
        at,
        presence.sessions.map(({ endsAt }) => endsAt),
      ),
  },

  idle: {
    appliesToBots: false,
    closings({ presence }, policy, at) {
      const idleAfter = idleAfterMs(policy);
      const open = openSessions(presence, at);
      if (idleAfter === undefined || open.length === 0) return [];
      const idleSince = open.map(({ lastInputAt }) => lastInputAt + idleAfter);
      if (idleSince.some((since) => at < since)) return [];
      // A session that ended while in use prevented the agent from being idle until then.
      const inUse = presence.sessions.flatMap(({ endsAt, lastInputAt }) =>
        endsAt !== null && endsAt <= at ? [Math.min(endsAt, lastInputAt + idleAfter)] : [],
      );
      const ends = open.map(({ endsAt }) => endsAt);
      return [
        {
          code: "idle",
          channels,
          since: latest([...idleSince, ...inUse]),
          until: ends.includes(null) ? undefined : latest(ends),
          details: undefined,
        },
      ];
    },
    nextStart({ presence }, policy, at) {
      const idleAfter = idleAfterMs(policy);
      if (idleAfter === undefined) return undefined;
      return firstAfter(
        at,
        presence.sessions.flatMap(({ endsAt, lastInputAt }) => [endsAt, lastInputAt + idleAfter]),
      );
    },
  },

  wrapUp: {
    appliesToBots: true,
    closings({ closed, wrapUpTime }, _, at) {
      const wrapUps = closed.map(({ conversationId, closedAt }) => ({
        conversationId,
        start: closedAt,
        end: closedAt + wrapUpTime * 1000,
      }));
      const whole = coveringRun(wrapUps, at);
      const [last] = wrapUps.filter((one) => covers(one, at)).sort((a, b) => b.start - a.start);
      if (!whole || !last) return [];
      const details = { conversationId: last.conversationId };
      return [{ code: "wrappingUp", channels, since: whole.start, until: whole.end, details }];
    },
    nextStart: ({ closed }, _, at) =>
      firstAfter(
        at,
        closed.map(({ closedAt }) => closedAt),
      ),
  },

  capacity: {
    appliesToBots: true,
    closings(facts, _, at) {
      return channels.flatMap((channel) => {
        const { open, offered, capacity } = loadOf(facts, channel, at);
        if (capacity === undefined || open + offered < capacity) return [];
        const ruleId = channel === "voice" ? undefined : facts.capacityRule?.id;
        return [
          {
            code: "atCapacity" as const,
            channels: [channel],
            until: offersExpired(facts, channel, at, open + offered - capacity + 1),
            details: { channel, open, offered, capacity, ruleId },
          },
        ];
      });
    },
    nextStart: startsNothing,
  },

  call: {
    appliesToBots: true,
    closings(facts, _, at) {
      const { open, offered } = loadOf(facts, "voice", at);
      if (open + offered === 0) return [];
      const until = offersExpired(facts, "voice", at, open + offered);
      return [{ code: "inCall", channels: ["messaging", "email"], until, details: undefined }];
    },
    nextStart: startsNothing,
  },

  response: {
    appliesToBots: false,
    closings({ missedOffers, offers }, policy, at) {
      const expired = [...missedOffers, ...offers.map(({ expiresAt }) => expiresAt)]
        .filter((expiredAt) => expiredAt <= at)
        .sort((a, b) => a - b);
      if (policy.missedOffers === null || expired.length < policy.missedOffers) return [];
      const since = expired[policy.missedOffers - 1];
      return [{ code: "notResponding", channels, since, details: undefined }];
    },
    nextStart: ({ offers }, _, at) =>
      firstAfter(
        at,
        offers.map(({ expiresAt }) => expiresAt),
      ),
  },
};

/** One channel's conversations at a time. */
export interface ChannelLoad {
  readonly open: number;
  /** Pending offers. */
  readonly offered: number;
  /** Undefined means unlimited. */
  readonly capacity: number | undefined;
}

const VOICE_CAPACITY = 1;

/** Returns an agent's load on a channel at a time (epoch milliseconds). */
export function loadOf(facts: AvailabilityFacts, channel: Channel, at: number): ChannelLoad {
  return {
    open: facts.open[channel],
    offered: pendingOffers(facts, channel, at).length,
    capacity: channel === "voice" ? VOICE_CAPACITY : facts.capacityRule?.[channel],
  };
}

/** Returns the expiry times of a channel's pending offers, ascending. */
function pendingOffers({ offers }: AvailabilityFacts, channel: Channel, at: number): number[] {
  return offers
    .filter((offer) => offer.channel === channel && at < offer.expiresAt)
    .map(({ expiresAt }) => expiresAt)
    .sort((a, b) => a - b);
}

/** Returns when this many pending offers will have expired; undefined if fewer are pending. */
function offersExpired(
  facts: AvailabilityFacts,
  channel: Channel,
  at: number,
  count: number,
): number | undefined {
  return pendingOffers(facts, channel, at)[count - 1];
}

function openSessions({ sessions }: AvailabilityFacts["presence"], at: number) {
  return sessions.filter(({ endsAt }) => endsAt === null || at < endsAt);
}

/** Without a presence policy, agents are never idle. */
function idleAfterMs({ presence, idleAfterMinutes }: AvailabilityPolicy): number | undefined {
  return presence === "off" || idleAfterMinutes === null ? undefined : idleAfterMinutes * MINUTE_MS;
}

function covers({ start, end }: Interval, at: number): boolean {
  return start <= at && at < end;
}

/** Merges intervals that touch or overlap, and returns the one around `at`. */
function coveringRun(intervals: readonly Interval[], at: number): Interval | undefined {
  return mergeIntervals(intervals).find((run) => covers(run, at));
}

function firstAfter(at: number, times: readonly (number | null)[]): number | undefined {
  const later = times.filter((time) => time !== null && time > at) as number[];
  return later.length > 0 ? Math.min(...later) : undefined;
}

function latest(times: readonly (number | null)[]): number | undefined {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.max(...known) : undefined;
}
