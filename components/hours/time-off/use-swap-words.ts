"use client";

import { useTranslations } from "use-intl";
import { usePeople } from "@/components/settings/kit/agent-search";
import type { ShiftSwap } from "@/lib/hours/shifts/swaps-contract";
import { useTimeOffWords } from "./use-time-off-words";

/** Returns a function that describes a swap, from the point of view of `own` if given. */
export function useSwapWords(swaps: readonly ShiftSwap[], own?: string) {
  const t = useTranslations("calendar.timeOff.swaps");
  const all = useTranslations("calendar.timeOff");
  const words = useTimeOffWords();
  const personOf = usePeople(swaps.flatMap(({ agentId, withAgentId }) => [agentId, withAgentId]));
  const nameOf = (id: string | undefined) => personOf(id)?.name ?? all("someone");
  return ({ agentId, withAgentId, date, withDate, state }: ShiftSwap): string => {
    const name = nameOf(agentId);
    const to = withAgentId === undefined ? t("team") : nameOf(withAgentId);
    const day = words.date(date);
    const back = withDate && words.date(withDate);
    if (agentId === own)
      return back ? t("yoursBack", { to, date: day, back }) : t("yours", { to, date: day });
    if (state === "offered")
      return back ? t("givesBack", { name, date: day, back }) : t("gives", { name, date: day });
    return back ? t("trades", { to, name, date: day, back }) : t("takes", { to, name, date: day });
  };
}
