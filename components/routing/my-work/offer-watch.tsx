"use client";

import { Suspense, useState } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import { lazyPart } from "@/components/ui/lazy-part";
import { useOffers } from "./use-offers";

const OfferAlerts = lazyPart(async () => (await import("./offer-alerts")).OfferAlerts);

/** Alerts the signed-in agent to offers on every page. Its code loads with the first offer. */
export function OfferWatch() {
  const { agentId, can } = useWorkspace();
  return agentId && can("routing.read") ? <Watch agentId={agentId} /> : null;
}

function Watch({ agentId }: { agentId: string }) {
  const { offers = [] } = useOffers(agentId);
  const [wasNeeded, setNeeded] = useState(false);
  if (offers.length > 0 && !wasNeeded) setNeeded(true);
  if (!wasNeeded) return null;
  return (
    <Suspense>
      <OfferAlerts offers={offers} />
    </Suspense>
  );
}

/** Returns the number of pending offers of the signed-in agent. */
export function useOfferCount(): number {
  const { agentId = "" } = useWorkspace();
  return useOffers(agentId).offers?.length ?? 0;
}
