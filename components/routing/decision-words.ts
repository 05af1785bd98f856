"use client";

import { useTranslations } from "use-intl";
import { useCodeWord } from "@/components/availability/code-words";
import { useList } from "@/components/shell/use-list";
import type { AgentDecision } from "@/lib/routing/matching/contract";

type Decision = Pick<AgentDecision, "kind" | "rank" | "considered" | "codes" | "actor">;

/** Returns a function that explains how a conversation was assigned, and what the assigner overrode. */
export function useDecisionWords(): (decision: Decision) => { how: string; overruled: string | undefined } {
  const t = useTranslations("routing.decision");
  const word = useCodeWord();
  const list = useList();
  return ({ kind, rank, considered, codes = [], actor }) => ({
    how: kind === "automatic" ? t("automatic", { rank, considered }) : t(kind, { name: actor?.name ?? "…" }),
    overruled: codes.length > 0 ? t("overruled", { reasons: list(codes.map(word)) }) : undefined,
  });
}
