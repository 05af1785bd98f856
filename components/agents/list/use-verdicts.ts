"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import type { Agent } from "@/lib/agents/agents/contract";
import { type VerdictsById, verdictsQuery } from "@/lib/availability/effective/client/queries";

const unknown: VerdictsById = new Map();

/** Returns what the agents of a page can take now. Asks again whenever the page was read again. */
export function useVerdicts(rows: readonly Agent[], readAt: number): VerdictsById {
  const { workspace } = useWorkspace();
  // In one order, so that sorting the same agents differently asks nothing.
  const ids = useMemo(() => rows.map(({ id }) => id).sort(), [rows]);
  const { data = unknown, refetch } = useQuery(verdictsQuery(workspace.id, ids));
  const seen = useRef(readAt);
  useEffect(() => {
    // `refetch` would also ask about nobody.
    if (seen.current !== 0 && seen.current !== readAt && ids.length > 0)
      void refetch({ cancelRefetch: false });
    seen.current = readAt;
  }, [readAt, ids, refetch]);
  return data;
}
