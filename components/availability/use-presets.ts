"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/workspace-context";
import { explanationQuery } from "@/lib/availability/effective/client/queries";
import { allPresetsQuery } from "@/lib/availability/presets/client/queries";
import type { Preset } from "@/lib/availability/presets/contract";

const none: readonly Preset[] = [];

/** Returns the workspace's presets; undefined while loading, empty without permission or if loading fails. */
export function usePresets(): readonly Preset[] | undefined {
  const { workspace, can } = useWorkspace();
  const canRead = can("settings.read");
  const { data, isError } = useQuery({ ...allPresetsQuery(workspace.id), enabled: canRead });
  return canRead && !isError ? data : none;
}

/** A preset that is pending; `preset` is undefined while unknown. */
interface PendingPreset {
  preset: Preset | undefined;
}

/**
 * Returns the preset that will be set when the open conversations end. Requested only while a messaging
 * conversation is open, because otherwise none is pending.
 */
export function usePendingPreset(agentId: string, isBusy: boolean): PendingPreset | undefined {
  const { workspace, can } = useWorkspace();
  const presets = usePresets();
  const { data } = useQuery({
    ...explanationQuery(workspace.id, agentId),
    enabled: isBusy && can("agents.read"),
    refetchInterval: ({ state }) => (state.data?.next ? 30_000 : false),
  });
  const next = isBusy ? data?.next : undefined;
  return next && { preset: presets?.find(({ id }) => id === next.presetId) };
}
