import { z } from "zod";
import { type Rotation, rotationDraftSchema } from "@/lib/hours/shifts/rotations-contract";
import { dateSchema } from "@/lib/platform/http/fields";

const { name, startDate, weeks, members } = rotationDraftSchema.shape;

/** The fields of the panel. The date of effect belongs to a change of the weeks. */
export const rotationFormSchema = z.object({
  name,
  startDate,
  weeks,
  effectiveFrom: dateSchema,
  members: members.unwrap(),
});

export type RotationFormValues = z.input<typeof rotationFormSchema>;
export type ParsedRotation = z.output<typeof rotationFormSchema>;
export type RotationWeek = RotationFormValues["weeks"][number];
export type RotationMember = RotationFormValues["members"][number];

/** Returns the memberships that have not ended on a date. */
export const currentMembers = ({ members }: Pick<Rotation, "members">, today: string) =>
  members.filter(({ until }) => until === undefined || until >= today);

/** Returns the fields of a rotation, or of a new one. */
export function fieldsOf(rotation: Rotation | undefined, today: string): RotationFormValues {
  return {
    name: rotation?.name ?? "",
    startDate: rotation?.startDate ?? today,
    weeks: rotation?.weeks ?? [{}],
    effectiveFrom: today,
    members: rotation ? currentMembers(rotation, today).map(({ id: _, ...member }) => member) : [],
  };
}

/** Returns the body that creates a rotation. */
export function draftOf({ effectiveFrom: _, ...draft }: ParsedRotation) {
  return draft;
}

/** Returns the values of a changed form to send: weeks with their date of effect, and never the start. */
export function changeOf(
  { startDate: _start, effectiveFrom: _from, ...change }: Partial<ParsedRotation>,
  effectiveFrom: string,
) {
  return change.weeks ? { ...change, effectiveFrom } : change;
}
