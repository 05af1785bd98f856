import type { Activity, AgentStatus, AvailabilityChange } from "@/lib/availability/declared/contract";

/** What choosing a preset sets. */
export interface PresetSettings {
  readonly status: AgentStatus;
  readonly activity: Activity;
  /** Seconds. */
  readonly activityTtl?: number | null | undefined;
  readonly activityText?: string | null | undefined;
}

/**
 * Returns the change that chooses a preset. `own` has a time and a text to use instead of the preset's; `null`
 * means none.
 */
export function changeOf(
  { status, activity, ...preset }: PresetSettings,
  own: Pick<PresetSettings, "activityTtl" | "activityText"> = {},
): AvailabilityChange & { status: AgentStatus; activity: Activity } {
  const activityTtl = own.activityTtl === undefined ? preset.activityTtl : own.activityTtl;
  const activityText = own.activityText === undefined ? preset.activityText : own.activityText;
  // A change of the activity clears both, so they are left out where there is none.
  return {
    status,
    activity,
    ...(typeof activityTtl === "number" ? { activityTtl } : {}),
    ...(typeof activityText === "string" ? { activityText } : {}),
  };
}

/** Returns whether a time limit is set for the activity that can't have one. */
export function hasNeedlessEnd({
  activity,
  activityTtl,
}: Pick<PresetSettings, "activity" | "activityTtl">): boolean {
  return activity === "available" && typeof activityTtl === "number";
}
