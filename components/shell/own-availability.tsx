"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { ActivityControl } from "@/components/availability/activity-control";
import { StatusMenu } from "@/components/availability/status-menu";
import { usePresets } from "@/components/availability/use-presets";
import { type AvailabilityPick, useSetAvailability } from "@/components/availability/use-set-availability";
import { classes } from "@/components/ui/classes";
import { agentQuery } from "@/lib/agents/agents/client/queries";
import { pageTime } from "@/lib/platform/client/page-clock";
import { useWorkspace } from "./workspace-context";

/** Returns the signed-in person's own agent; undefined while it loads and for people without one. */
export function useOwnAgent() {
  const { workspace, agentId } = useWorkspace();
  return useQuery({
    ...agentQuery(workspace.id, agentId ?? ""),
    enabled: agentId !== undefined,
    refetchInterval: 60_000,
  });
}

/** The signed-in agent's own status and activity; `compact` merges both into one button. */
export function OwnAvailability({ compact = false }: { compact?: boolean }) {
  const t = useTranslations("shell.account");
  const { agentId, can, user } = useWorkspace();
  const { data: own, dataUpdatedAt } = useOwnAgent();
  const readAt = pageTime(dataUpdatedAt);
  const setAvailability = useSetAvailability(useCallback(() => t("notSet"), [t]));
  // Loaded before the menu opens.
  usePresets();
  if (!agentId || (!can("own.write") && !can("availability.write"))) return null;
  // The size is fixed, so that the layout does not shift after loading or on a change.
  const room = compact ? "flex h-11 w-48 items-center" : "h-14 max-sm:h-22";
  if (!own) return <div className={room} />;
  const agent = own.data;
  const { availability } = agent;
  const shown = {
    availability,
    readAt,
    agentName: user.name,
    onChange: (pick: AvailabilityPick) => setAvailability(agent, readAt, pick),
  };
  const menu = { ...shown, agentId, isBusy: agent.workload.workload.messaging > 0, showsNext: true };
  if (compact)
    return (
      <div className={room}>
        <StatusMenu {...menu} isCompact />
      </div>
    );
  return (
    <div className={classes("flex min-w-0 flex-col items-start", room)}>
      <StatusMenu {...menu} />
      <ActivityControl {...shown} withText={false} className="max-w-full" />
    </div>
  );
}
