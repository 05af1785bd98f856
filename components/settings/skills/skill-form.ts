import { z } from "zod";
import { skillDraftSchema } from "@/lib/workforce/skills/contract";

const valueShape = skillDraftSchema.shape.values.unwrap().element.shape;

/**
 * From the form values, a draft that may contain existing values and empty strings for missing icons, to the
 * body of a request.
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
