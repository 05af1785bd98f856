"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import type { Agent } from "@/lib/agents/agents/contract";
import { type VerdictsById, verdictsQuery } from "@/lib/availability/effective/client/queries";

const unknown: VerdictsById = new Map();

/** Returns what the agents of a page can take now. Refetches whenever the page was refetched. */
export function useVerdicts(rows: readonly Agent[], readAt: number): VerdictsById {
  const { workspace } = useWorkspace();
  // Sorted, so that the same agents in another order use the same cache entry.
  const ids = useMemo(() => rows.map(({ id }) => id).sort(), [rows]);
  const { data = unknown, refetch } = useQuery(verdictsQuery(workspace.id, ids));
  const seen = useRef(readAt);
  useEffect(() => {
    // `refetch` ignores `enabled` and would send a request even without agents.
    if (seen.current !== 0 && seen.current !== readAt && ids.length > 0)
      void refetch({ cancelRefetch: false });
    seen.current = readAt;
  }, [readAt, ids, refetch]);
  return data;
}
