import { z } from "zod";
import { skillDraftSchema } from "@/lib/workforce/skills/contract";

const valueShape = skillDraftSchema.shape.values.unwrap().element.shape;

/**
 * Converts form values to a request body. The form is a draft that may contain existing values, and has an
 * empty string for a missing icon.
 */
export const skillFormSchema = skillDraftSchema.extend({
  values: z
    .array(
      z.strictObject({
        ...valueShape,
        icon: z.union([z.literal(""), valueShape.icon]),
        // Not `id`, which react-hook-form's `useFieldArray` reserves.
        valueId: z.string().optional(),
      }),
    )
    .transform((values) =>
      values.map(({ valueId, value, icon }) => ({
        ...(valueId && { id: valueId }),
        value,
        ...(icon && { icon }),
      })),
    ),
});

export type SkillFormValues = z.input<typeof skillFormSchema>;
export type ParsedSkillForm = z.output<typeof skillFormSchema>;
