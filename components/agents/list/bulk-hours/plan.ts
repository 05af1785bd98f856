import type { z } from "zod";
import type { plannedChangeSchema } from "@/lib/agents/coverage/changes-contract";
import { plannedChangeLimit } from "@/lib/agents/coverage/values";
import { rotationWeek } from "@/lib/hours/calendar/plan";
import type { Rotation } from "@/lib/hours/shifts/rotations-contract";
import { epochDay, isoDate, weekdayIndex } from "@/lib/platform/time/calendar";

export type Change = z.input<typeof plannedChangeSchema>;
type WithoutAgent<Each> = Each extends Change ? Omit<Each, "agentId"> : never;

/** The same changes for each selected agent, and the first and last date that they touch. */
export interface Plan {
  changes: WithoutAgent<Change>[];
  from: string;
  /** Undefined if they apply without an end. */
  to?: string;
}

/** Returns the dates from the first to the last one, at most one more than a request allows. */
export function datesOf(from: string, to: string, isLeftOut: (weekday: number) => boolean): string[] {
  const dates: string[] = [];
  const last = epochDay(to);
  for (let day = epochDay(from); day <= last && dates.length <= plannedChangeLimit; day += 1)
    if (!isLeftOut(weekdayIndex(day))) dates.push(isoDate(day));
  return dates;
}

/** Returns the changes of all agents. */
export function changesOf({ changes }: Plan, agentIds: readonly string[]): Change[] {
  return agentIds.flatMap((agentId) => changes.map((change) => ({ ...change, agentId }) as Change));
}

/** Returns the weeks of a rotation in force on a date. */
export function weeksOn({ versions, weeks }: Pick<Rotation, "versions" | "weeks">, date: string) {
  return (versions.findLast(({ from }) => from <= date) ?? versions[0])?.weeks ?? weeks;
}

/** Returns the offset with which a member starts in a week (0 is the first) on a date. */
export function offsetFor(
  rotation: Pick<Rotation, "versions" | "weeks" | "startDate">,
  date: string,
  week: number,
): number {
  const startDay = epochDay(rotation.startDate);
  const count = weeksOn(rotation, date).length;
  const unshifted = rotationWeek({ startDay, offset: 0 }, Math.max(epochDay(date), startDay), count);
  return (week - unshifted + count) % count;
}

/** Returns the agent whose change a request refused, if the error names one. */
export function refusedAgent(details: object, changes: readonly Change[]): string | undefined {
  for (const path of Object.keys(details)) {
    const index = /^changes\.(\d+)/.exec(path)?.[1];
    if (index !== undefined) return changes[Number(index)]?.agentId;
  }
  return undefined;
}
