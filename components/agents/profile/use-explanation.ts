"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import { explanationQuery } from "@/lib/availability/effective/client/queries";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import { pageNow } from "@/lib/platform/client/page-clock";

/** The longest delay that `setTimeout` supports. */
const longestDelay = 2 ** 31 - 1;

/** Returns the times at which the answer changes automatically. */
function endsOf({ channels, deciders }: AvailabilityExplanation): string[] {
  return [
    ...Object.values(channels).flatMap((verdict) => verdict?.nextChangeAt ?? []),
    ...deciders.flatMap(({ until }) => until ?? []),
  ];
}

/**
 * Returns what an agent can take now. Refetches when the agent changes and when the answer expires.
 */
export function useExplanation(workspaceId: string, agentId: string, read: ReadAgent | undefined) {
  const query = useQuery(explanationQuery(workspaceId, agentId));
  const { data, refetch } = query;

  const etag = read?.etag;
  const seen = useRef(etag);
  useEffect(() => {
    if (seen.current !== undefined && seen.current !== etag) void refetch();
    seen.current = etag;
  }, [etag, refetch]);

  useEffect(() => {
    if (!data) return;
    const next = endsOf(data).sort()[0];
    if (next === undefined) return;
    const delay = Math.max(1_000, Date.parse(next) - pageNow() + 250);
    const timer = setTimeout(() => void refetch(), Math.min(delay, longestDelay));
    return () => clearTimeout(timer);
  }, [data, refetch]);

  return query;
}
