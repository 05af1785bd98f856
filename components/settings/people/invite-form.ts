import { z } from "zod";
import { readAddresses } from "@/lib/access/people/addresses";
import { invitationDraftSchema } from "@/lib/access/people/contract";

/** What the form holds: one or several addresses, and what the agents of those people start with. */
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
