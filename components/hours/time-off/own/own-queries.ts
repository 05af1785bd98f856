"use client";

import { useQuery } from "@tanstack/react-query";
import { useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { agentShiftsQuery, shiftSwapsQuery } from "@/lib/hours/shifts/client/queries";
import { allTimeOffQuery } from "@/lib/hours/time-off/client/queries";
import { pageNow } from "@/lib/platform/client/page-clock";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";
import { localDate } from "@/lib/platform/time/wall-clock";

const shownDays = 14;

/** Loads an agent's time off from today on. */
export function useOwnRequests(agentId: string) {
  const { workspace } = useWorkspace();
  const today = localDate(useViewerZone(), pageNow());
  return useQuery(allTimeOffQuery(workspace.id, { agentIds: [agentId], from: today }));
}

/** Loads open and accepted swaps offered by and to an agent. */
export function useOwnSwaps(agentId: string) {
  const { workspace } = useWorkspace();
  return useQuery(
    shiftSwapsQuery(workspace.id, { agentIds: [agentId], states: ["offered", "accepted"], limit: "100" }),
  );
}

/** Loads an agent's shifts of the next two weeks. */
export function useOwnShifts(agentId: string, timezone: string) {
  const { workspace } = useWorkspace();
  const today = localDate(timezone, pageNow());
  return useQuery(
    agentShiftsQuery(workspace.id, agentId, { from: today, to: isoDate(epochDay(today) + shownDays - 1) }),
  );
}
