import type { Availability, AvailabilityChange } from "@/lib/availability/declared/contract";
import { activityNow } from "@/lib/availability/declared/rules";

/** The most common activities, offered wherever availability is set. */
export const breakPresets = [
  { name: "break", activity: "onBreak", seconds: 15 * 60 },
  { name: "lunch", activity: "onBreak", seconds: 30 * 60 },
  { name: "meeting", activity: "inMeeting", seconds: 60 * 60 },
] as const;

export type BreakPreset = (typeof breakPresets)[number];

/** The change for "Back now": the agent is active and available. */
export const backNow: AvailabilityChange = { status: "active", activity: "available" };

export const presetChange = ({ activity, seconds }: BreakPreset): AvailabilityChange => ({
  activity,
  activityTtl: seconds,
});

/** Returns whether "Back now" would change anything at `now` (epoch milliseconds). */
export function canComeBack(availability: Availability, readAt: number, now: number): boolean {
  return availability.status !== "active" || activityNow(availability, readAt, now).activity !== "available";
}

/**
 * Returns the change that undoes another one at `now`: it restores the changed parts of `before`, which was
 * read at `readAt` (both epoch milliseconds). An activity that would have expired by then is not restored.
 */
export function undoOf(
  change: AvailabilityChange,
  before: Availability,
  readAt: number,
  now: number,
): AvailabilityChange {
  const undo: AvailabilityChange = {};
  if (change.status !== undefined) undo.status = before.status;
  const { activity, activityText, activityTtl } = change;
  if (activity === undefined && activityText === undefined && activityTtl === undefined) return undo;
  const { activity: earlier, text, secondsLeft } = activityNow(before, readAt, now);
  undo.activity = earlier;
  if (text !== undefined) undo.activityText = text;
  if (secondsLeft !== undefined) undo.activityTtl = secondsLeft;
  return undo;
}
