import { z } from "zod";
import { skillDraftSchema } from "@/lib/workforce/skills/contract";

const valueShape = skillDraftSchema.shape.values.unwrap().element.shape;

/** What the form holds: a draft whose values may be those that there are already, and whose icons may be empty fields. */
export const skillFormSchema = skillDraftSchema.extend({
  values: z.array(
    z.strictObject({
      ...valueShape,
      icon: z.union([z.literal(""), valueShape.icon]),
      // Not called `id`, which the list of fields keeps for itself.
      valueId: z.string().optional(),
    }),
  ),
});

export type SkillFormValues = z.input<typeof skillFormSchema>;
export type ParsedSkillForm = z.output<typeof skillFormSchema>;
