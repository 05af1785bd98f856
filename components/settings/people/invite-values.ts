import { z } from "zod";
import { readAddresses } from "@/lib/access/people/addresses";
import { invitationDraftSchema } from "@/lib/access/people/contract";

/** The form values: one or more email addresses, and the initial values of their agents. */
export const invitationFormSchema = z.object({
  addresses: z.string().refine((text) => readAddresses(text).invitees.length > 0),
  name: z.union([z.literal(""), invitationDraftSchema.shape.name.unwrap()]),
  roleIds: invitationDraftSchema.shape.roleIds,
  makesAgents: z.boolean(),
  teamIds: z.array(z.string()),
  schedule: z.string(),
});

export type InviteValues = z.input<typeof invitationFormSchema>;
export type ParsedInvite = z.output<typeof invitationFormSchema>;
