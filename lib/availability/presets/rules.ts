import type { Activity, AgentStatus, AvailabilityChange } from "@/lib/availability/declared/contract";

/** Most presets that a workspace can have. */
export const presetLimit = 50;

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

const flag = String.raw`\p{Regional_Indicator}{2}`;
const keycap = String.raw`[0-9#*]\uFE0F?\u20E3`;
const tags = String.raw`[\u{E0020}-\u{E007E}]{1,8}\u{E007F}`;
const picture = String.raw`\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:${tags})?`;
const emoji = new RegExp(`^(?:${flag}|${keycap}|${picture}(?:\\u200D(?:${picture})){0,7})$`, "u");

/** Characters such as © are pictures only with a variation selector; those from here on always are. */
const firstPicture = 0x1f000;
const presentedAsEmoji = /\p{Emoji_Presentation}/u;

/** Returns whether the text is exactly one emoji (Unicode Technical Standard 51), of any Unicode version. */
export function isEmoji(text: string): boolean {
  const [first = "", ...more] = text;
  if (more.length === 0 && (first.codePointAt(0) ?? 0) < firstPicture) return presentedAsEmoji.test(first);
  return emoji.test(text);
}
