import { z } from "zod";
import { skillDraftSchema } from "@/lib/workforce/skills/contract";

const valueShape = skillDraftSchema.shape.values.unwrap().element.shape;

/** The form values: a draft that may contain existing values, and empty strings for missing icons. */
export const skillFormSchema = skillDraftSchema.extend({
  values: z.array(
    z.strictObject({
      ...valueShape,
      icon: z.union([z.literal(""), valueShape.icon]),
      // Not `id`, which react-hook-form's `useFieldArray` reserves.
      valueId: z.string().optional(),
    }),
  ),
});

export type SkillFormValues = z.input<typeof skillFormSchema>;
export type ParsedSkillForm = z.output<typeof skillFormSchema>;
