import { z } from "zod";
import type { Preset } from "@/lib/availability/presets/contract";
import { presetDraftSchema } from "@/lib/availability/presets/contract";

const { name, icon, status, activity, activityTtl, activityText } = presetDraftSchema.shape;

/** The fields of the panel. Empty texts and `null` mean none. */
export const presetFormSchema = z.object({
  name,
  icon: z.literal("").or(icon.unwrap()),
  status,
  activity,
  activityTtl: activityTtl.unwrap().nullable(),
  activityText: activityText.unwrap(),
});

export type PresetFormValues = z.input<typeof presetFormSchema>;
export type ParsedPresetForm = z.output<typeof presetFormSchema>;

/** Returns the fields of a preset, or of a new one. */
export function fieldsOf(preset: Preset | undefined): PresetFormValues {
  return {
    name: preset?.name ?? "",
    icon: preset?.icon ?? "",
    status: preset?.status ?? "active",
    activity: preset?.activity ?? "onBreak",
    activityTtl: preset?.activityTtl ?? null,
    activityText: preset?.activityText ?? "",
  };
}

/** Returns the body that creates a preset. */
export function draftOf({ activityTtl: seconds, ...rest }: ParsedPresetForm) {
  return seconds === null ? rest : { ...rest, activityTtl: seconds };
}
