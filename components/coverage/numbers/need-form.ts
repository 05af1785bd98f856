import { z } from "zod";
import { type CoverageNeed, coverageNeedDraftSchema } from "@/lib/agents/coverage/needs-contract";
import { weekdays } from "@/lib/platform/time/calendar";

const { teamId, skillId, channel, days, from, to, minimum } = coverageNeedDraftSchema.shape;

/** The fields of the panel. Empty texts mean none; `null` is an empty required field. */
export const needFormSchema = z.object({
  teamId: z.literal("").or(teamId.unwrap()),
  skillId: z.literal("").or(skillId.unwrap()),
  channel: z.literal("").or(channel.unwrap()),
  days,
  from,
  to,
  minimum,
});

export type NeedFormValues = z.input<typeof needFormSchema>;
export type ParsedNeedForm = z.output<typeof needFormSchema>;

/** Returns the form values of a need; for a new one, weekdays from 9 to 17. */
export function fieldsOf(need: CoverageNeed | undefined): NeedFormValues {
  return {
    teamId: need?.teamId ?? "",
    skillId: need?.skillId ?? "",
    channel: need?.channel ?? "",
    days: need?.days ?? weekdays.slice(0, 5),
    from: need?.from ?? { hour: 9, minute: 0 },
    to: need?.to ?? { hour: 17, minute: 0 },
    minimum: need?.minimum ?? 1,
  };
}

/** Returns the body that creates a need. */
export function draftOf({ teamId, skillId, channel, ...rest }: ParsedNeedForm) {
  return {
    ...rest,
    ...(teamId ? { teamId } : {}),
    ...(skillId ? { skillId } : {}),
    ...(channel ? { channel } : {}),
  };
}
