import type { Conversation } from "@/lib/routing/conversations/contract";

/** The display name of a conversation: its subject, or its external id. */
export const titleOf = ({ subject, externalId }: Pick<Conversation, "subject" | "externalId">) =>
  subject || externalId;
