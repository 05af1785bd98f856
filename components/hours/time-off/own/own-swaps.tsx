"use client";

import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import type { SwapAnswer } from "@/lib/hours/shifts/client/writes";
import type { ShiftSwap } from "@/lib/hours/shifts/swaps-contract";
import { SwapList } from "../swap-list";
import { useOwnSwaps } from "./own-queries";

/** Returns the actions that an agent can take on a swap. */
function answersOf(
  { agentId, withAgentId, state }: Pick<ShiftSwap, "agentId" | "withAgentId" | "state">,
  own: string,
): readonly SwapAnswer[] {
  if (agentId === own) return ["cancel"];
  if (state === "accepted") return withAgentId === own ? ["cancel"] : [];
  return withAgentId === own ? ["accept", "decline"] : ["accept"];
}

/** Open swaps that the agent offers or is offered. */
export function OwnSwaps({ agentId }: { agentId: string }) {
  const t = useTranslations("calendar.timeOff.swaps");
  const { can } = useWorkspace();
  const { data } = useOwnSwaps(agentId);
  const swaps = data?.results ?? [];
  if (swaps.length === 0) return null;
  return (
    <section aria-labelledby="own-swaps" className="min-w-0 space-y-3">
      <h2 id="own-swaps" className="font-semibold text-lg">
        {t("offers")}
      </h2>
      <SwapList
        swaps={swaps}
        own={agentId}
        answersOf={(swap) => (can("own.write") ? answersOf(swap, agentId) : [])}
      />
    </section>
  );
}
