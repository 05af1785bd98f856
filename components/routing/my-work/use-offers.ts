"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import { pageNow } from "@/lib/platform/client/page-clock";
import { offersQuery } from "@/lib/routing/offers/client/queries";
import type { Offer } from "@/lib/routing/offers/contract";
import { pendingOffers } from "./pending-offers";

const none: readonly Offer[] = [];

/** Returns an agent's offers that can still be answered, soonest expiry first; undefined while loading. */
export function useOffers(agentId: string) {
  const { workspace } = useWorkspace();
  const { data, error, isFetching, refetch } = useQuery(offersQuery(workspace.id, agentId));
  const [now, setNow] = useState(pageNow);
  const pending = useMemo(() => pendingOffers(data ?? none, Math.max(now, pageNow())), [data, now]);
  const next = pending[0]?.expiresAt;
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(() => setNow(pageNow()), Math.max(0, Date.parse(next) - pageNow()) + 20);
    return () => clearTimeout(timer);
  }, [next]);
  return { offers: data && pending, error, isFetching, refetch };
}
