import type { Activity, AgentStatus, AvailabilityChange } from "@/lib/availability/declared/contract";

/** The availability that a preset sets. */
export interface PresetSettings {
  readonly status: AgentStatus;
  readonly activity: Activity;
  /** Seconds. */
  readonly activityTtl?: number | null | undefined;
  readonly activityText?: string | null | undefined;
}

/**
 * Returns the change that applies a preset. `own` has a time and a text that replace those of the preset;
 * `null` means none.
 */
export function changeOf(
  { status, activity, ...preset }: PresetSettings,
  own: Pick<PresetSettings, "activityTtl" | "activityText"> = {},
): AvailabilityChange & { status: AgentStatus; activity: Activity } {
  const activityTtl = own.activityTtl === undefined ? preset.activityTtl : own.activityTtl;
  const activityText = own.activityText === undefined ? preset.activityText : own.activityText;
  // Changing the activity clears both, so absent values are left out.
  return {
    status,
    activity,
    ...(typeof activityTtl === "number" ? { activityTtl } : {}),
    ...(typeof activityText === "string" ? { activityText } : {}),
  };
}

/** Returns whether there is a time limit although the activity can't have one. */
export function hasNeedlessEnd({
  activity,
  activityTtl,
}: Pick<PresetSettings, "activity" | "activityTtl">): boolean {
  return activity === "available" && typeof activityTtl === "number";
}
