import { compileCalendar } from "@/lib/hours/calendar/compile";
import { shiftsOn } from "@/lib/hours/calendar/hours";
import { simpleCalendar } from "@/lib/hours/calendar/simple";
import type { StoredSchedule } from "@/lib/hours/schedule/stored";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";
import type { Random } from "@/lib/testing/random";
import { schedules } from "./data/schedules";
import type { Doer, Step } from "./history";

/** How far back everyday changes go. */
const days = 14;

interface Life {
  timezone: string;
  schedule: StoredSchedule | null;
  self: Doer;
  /** The period in which changes may be made, in epoch milliseconds. */
  from: number;
  until: number;
}

const meetings = ["Stand-up 🧍", "1:1 with my lead", undefined];
const breaks = ["Lunch", "Lunch, back soon", "Coffee ☕", undefined];

/**
 * Returns the changes on each working day of the last two weeks: start, meetings, breaks, end. Only whole
 * days, so that the final state is that of an agent who has left.
 */
export function routineSteps({ timezone, schedule, self, from, until }: Life, random: Random): Step[] {
  const lastDay = Math.floor(until / DAY_MS);
  const hours = { timezone, weeklySchedule: schedule ?? schedules.day, holidays: [] };
  return shiftsOn(compileCalendar(simpleCalendar(hours)), lastDay - days, lastDay).flatMap(
    ({ start, end }): Step[] => {
      const cameAt = start + random.integer(-6, 14) * MINUTE_MS;
      const leftAt = end + random.integer(-10, 25) * MINUTE_MS;
      const isOff = random.chance(0.08) || leftAt - cameAt < 3 * 60 * MINUTE_MS;
      const middle = cameAt + (leftAt - cameAt) * (0.42 + random.fraction() * 0.16);
      const pause = random.integer(20, 55) * MINUTE_MS;
      const step = (at: number, availability: NonNullable<Step["availability"]>): Step => ({
        at: Math.floor(at),
        doer: self,
        availability,
      });
      const text = (choices: readonly (string | undefined)[]) => {
        const activityText = random.pick(choices);
        return activityText === undefined ? {} : { activityText };
      };
      const steps = [
        step(cameAt, { status: "active" }),
        ...(random.chance(0.35)
          ? [
              step(cameAt + random.integer(10, 60) * MINUTE_MS, {
                activity: random.pick(["inMeeting", "busy"] as const),
                activityTtl: random.pick([900, 1200, 1800]),
                ...text(meetings),
              }),
            ]
          : []),
        step(middle, {
          activity: "onBreak",
          activityTtl: random.pick([1800, 2700, 3600]),
          ...text(breaks),
        }),
        step(middle + pause, { activity: "available" }),
        step(leftAt, { status: random.chance(0.7) ? "offline" : "away" }),
      ];
      return isOff || cameAt < from || leftAt > until ? [] : steps;
    },
  );
}
