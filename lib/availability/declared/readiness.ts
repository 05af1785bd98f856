import type { AgentStatus } from "@/lib/availability/declared/contract";
import { activityNow, type CurrentActivity } from "@/lib/availability/declared/rules";
import type { Holiday, WeeklySchedule } from "@/lib/hours/schedule/contract";
import { isInHours, nextChange, shiftsOn, toStoredSchedule } from "@/lib/hours/schedule/rules";
import { DAY_MS, monthDayOf } from "@/lib/platform/time/calendar";
import { wallClockAt } from "@/lib/platform/time/wall-clock";

/** What is counted by a capacity rule. */
export const channels = ["messaging", "email"] as const;

export type Channel = (typeof channels)[number];

/** The facts about an agent that decide whether they can take work; an `Agent` of the API is one. */
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
  /** Whether the agent's person is suspended; left out: they are not. */
  suspended?: boolean | undefined;
}

/** One reason why an agent can't take work. Instants are epoch milliseconds. */
export type Reason =
  | { kind: "suspended" }
  | { kind: "status"; status: Exclude<AgentStatus, "active">; since: number }
  | {
      kind: "activity";
      activity: Exclude<CurrentActivity["activity"], "available">;
      text: string | undefined;
      secondsLeft: number | undefined;
    }
  /** `until` is null when the agent's hours never begin. */
  | { kind: "hours"; holiday: string | undefined; until: number | null }
  | FullChannel;

/** A channel with as many open conversations as the rule allows, or more. */
interface FullChannel {
  kind: "full";
  channel: Channel;
  open: number;
  capacity: number;
}

/** Whether an agent can take work, and everything that speaks against it. */
export interface Readiness {
  /** `partly`: all that speaks against it is that one of the channels is full. */
  verdict: "ready" | "partly" | "notReady";
  /** What was declared first, then hours, then load. */
  reasons: Reason[];
}

/**
 * Whether an agent can take work at `now`, and why not: all reasons at once, so that whoever puts one right is not surprised
 * by the next. `readAt` is when the facts were read, since they give an activity's end as seconds left. Both are epoch
 * milliseconds. A channel without any capacity is not open to the agent at all and counts as full.
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

/** The channels that are full by the capacity rule; without a rule none ever is. */
function fullChannels({ workload, rule }: ReadinessFacts["workload"]): FullChannel[] {
  return channels.flatMap((channel) => {
    const open = workload[channel];
    const capacity = rule?.capacity[channel];
    return capacity !== undefined && open >= capacity ? [{ kind: "full", channel, open, capacity }] : [];
  });
}

/**
 * The channel that is full while another has room, so that a sum of both does not show it. One that the rule closes to the agent
 * altogether is none.
 */
export function fullAlone(load: ReadinessFacts["workload"]): Channel | undefined {
  const full = fullChannels(load);
  const [only] = full;
  return full.length === 1 && only && only.capacity > 0 ? only.channel : undefined;
}

function outOfHours({ timezone, weeklySchedule, holidays }: ReadinessFacts, now: number): Reason | undefined {
  const stored = weeklySchedule && toStoredSchedule(weeklySchedule);
  if (isInHours(stored, holidays, timezone, now)) return undefined;
  // A holiday takes away the shift that starts on its date: one that would still go on, or that would come today.
  const today = Math.floor(wallClockAt(timezone, now) / DAY_MS);
  const missed = shiftsOn(stored, [], timezone, today - 1, today).filter(({ end }) => end > now);
  const names = missed.flatMap(({ day }) => {
    const date = monthDayOf(day);
    return holidays.filter((holiday) => holiday.day === date.day && holiday.month === date.month);
  });
  return { kind: "hours", holiday: names[0]?.name, until: nextChange(stored, holidays, timezone, now) };
}
