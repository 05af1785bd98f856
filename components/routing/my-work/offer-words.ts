"use client";

import { useTranslations } from "use-intl";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { titleOf } from "../conversation-title";

/** Returns a function that names a conversation with its channel: "Email: Refund". */
export function useOfferWords(): (conversation: Conversation) => string {
  const t = useTranslations("routing.myWork");
  const words = useTranslations("availability.channels");
  return (conversation) => t("named", { channel: words(conversation.channel), title: titleOf(conversation) });
}
