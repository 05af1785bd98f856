import type { AgentStatus } from "@/lib/availability/declared/contract";
import { activityNow, type CurrentActivity } from "@/lib/availability/declared/rules";
import type { Holiday, WeeklySchedule } from "@/lib/hours/schedule/contract";
import { isInHours, nextChange, shiftsOn } from "@/lib/hours/schedule/rules";
import { toStoredSchedule } from "@/lib/hours/schedule/stored";
import { DAY_MS, monthDayOf } from "@/lib/platform/time/calendar";
import { wallClockAt } from "@/lib/platform/time/wall-clock";

/** Channels with a limit in capacity rules. */
export const channels = ["messaging", "email"] as const;

export type Channel = (typeof channels)[number];

/** What decides whether an agent can take work. An `Agent` from the API fits. */
export interface ReadinessFacts {
  availability: {
    status: AgentStatus;
    activity: CurrentActivity["activity"];
    activityTtl?: number | undefined;
    activityText?: string | undefined;
    lastStatusSet: string;
  };
  timezone: string;
  weeklySchedule?: WeeklySchedule | undefined;
  holidays: readonly Holiday[];
  workload: {
    workload: Record<Channel, number>;
    rule?: { capacity: Record<Channel, number> } | undefined;
  };
  /** Whether the agent's person is suspended. Defaults to false. */
  suspended?: boolean | undefined;
}

/** One reason why an agent can't take work. Times are epoch milliseconds. */
export type Reason =
  | { kind: "suspended" }
  | { kind: "status"; status: Exclude<AgentStatus, "active">; since: number }
  | {
      kind: "activity";
      activity: Exclude<CurrentActivity["activity"], "available">;
      text: string | undefined;
      secondsLeft: number | undefined;
    }
  /** `until` is null if working hours never start. */
  | { kind: "hours"; holiday: string | undefined; until: number | null }
  | FullChannel;

/** A channel whose open conversations reach or exceed the rule's limit. */
interface FullChannel {
  kind: "full";
  channel: Channel;
  open: number;
  capacity: number;
}

export interface Readiness {
  /** `partly`: the only reason is that one channel is full. */
  verdict: "ready" | "partly" | "notReady";
  /** In order: declared state, working hours, load. */
  reasons: Reason[];
}

/**
 * Returns whether an agent can take work at `now`, with all reasons against it. `readAt` is when the facts
 * were read; activities give seconds left from then (both epoch milliseconds). A channel with capacity 0
 * counts as full.
 */
export function readinessOf(facts: ReadinessFacts, readAt: number, now: number): Readiness {
  const reasons: Reason[] = [];
  const { availability, workload } = facts;
  if (facts.suspended) reasons.push({ kind: "suspended" });
  if (availability.status !== "active")
    reasons.push({
      kind: "status",
      status: availability.status,
      since: Date.parse(availability.lastStatusSet),
    });
  const { activity, text, secondsLeft } = activityNow(availability, readAt, now);
  if (activity !== "available") reasons.push({ kind: "activity", activity, text, secondsLeft });
  const hours = outOfHours(facts, now);
  if (hours) reasons.push(hours);
  const full = fullChannels(workload);
  const blocked = reasons.length > 0 || full.length === channels.length;
  return {
    verdict: blocked ? "notReady" : full.length > 0 ? "partly" : "ready",
    reasons: [...reasons, ...full],
  };
}

/** Returns the channels that are full; none without a rule. */
function fullChannels({ workload, rule }: ReadinessFacts["workload"]): FullChannel[] {
  return channels.flatMap((channel) => {
    const open = workload[channel];
    const capacity = rule?.capacity[channel];
    return capacity !== undefined && open >= capacity ? [{ kind: "full", channel, open, capacity }] : [];
  });
}

/**
 * Returns the channel that is full while the other has room, which a total of both would hide. Ignores
 * channels with capacity 0.
 */
export function fullAlone(load: ReadinessFacts["workload"]): Channel | undefined {
  const full = fullChannels(load);
  const [only] = full;
  return full.length === 1 && only && only.capacity > 0 ? only.channel : undefined;
}

function outOfHours({ timezone, weeklySchedule, holidays }: ReadinessFacts, now: number): Reason | undefined {
  const stored = weeklySchedule && toStoredSchedule(weeklySchedule);
  if (isInHours(stored, holidays, timezone, now)) return undefined;
  // A holiday cancels the shift that starts on its date: the one that would be in progress, or today's next
  // one.
  const today = Math.floor(wallClockAt(timezone, now) / DAY_MS);
  const missed = shiftsOn(stored, [], timezone, today - 1, today).filter(({ end }) => end > now);
  const names = missed.flatMap(({ day }) => {
    const date = monthDayOf(day);
    return holidays.filter((holiday) => holiday.day === date.day && holiday.month === date.month);
  });
  return { kind: "hours", holiday: names[0]?.name, until: nextChange(stored, holidays, timezone, now) };
}
