"use client";

import { memo } from "react";
import { useTranslations } from "use-intl";
import { ActivityLabel } from "@/components/availability/activity-label";
import { StatusLabel, StatusMenu } from "@/components/availability/status-menu";
import { SuspendedTag } from "@/components/availability/suspended-tag";
import type { SetAvailability } from "@/components/availability/use-set-availability";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Avatar } from "@/components/ui/avatar";
import { Checkbox } from "@/components/ui/checkbox";
import { classes } from "@/components/ui/classes";
import { Link } from "@/components/ui/link";
import { ownSide } from "@/components/ui/own-side";
import type { Agent } from "@/lib/agents/agents/contract";
import { smallPicture } from "@/lib/workforce/media/rules";
import { CanTakeCell } from "./can-take-cell";
import { LastChangeCell, WorkloadCell } from "./cells";
import { LocalTimeCell } from "./local-time-cell";
import type { AgentSelection } from "./use-selection";

/**
 * The agents of a page as cards, for narrow screens. Off-screen cards are not laid out
 * (`content-visibility`).
 */
export const AgentCards = memo(function AgentCards({
  agents,
  readAt,
  selection,
  canSetStatus,
  onAvailability,
  isUpdating,
}: {
  agents: readonly Agent[];
  readAt: number;
  selection: AgentSelection | null;
  canSetStatus: (agent: Agent) => boolean;
  onAvailability: SetAvailability;
  isUpdating: boolean;
}) {
  const t = useTranslations("agents");
  const { href } = useWorkspace();
  return (
    <ul
      aria-label={t("title")}
      aria-busy={isUpdating}
      className={classes(
        "h-full divide-y divide-line overflow-y-auto pb-24 transition-opacity",
        isUpdating && "opacity-60",
      )}
    >
      {agents.map((agent) => {
        const own = href(`/agents/${agent.id}`);
        const isChosen = selection?.keys.has(agent.id) ?? false;
        return (
          <li
            key={agent.id}
            className={classes(
              "flex flex-col gap-1 px-4 py-3 [contain-intrinsic-size:auto_7.5rem] [content-visibility:auto]",
              isChosen && "bg-accent-soft",
            )}
          >
            <div className="flex items-center gap-2.5">
              {selection && (
                <Checkbox
                  aria-label={t("selectOne", { name: agent.name })}
                  isSelected={isChosen}
                  onChange={(isSelected) => {
                    const keys = new Set(selection.keys);
                    if (isSelected) keys.add(agent.id);
                    else keys.delete(agent.id);
                    selection.change(keys);
                  }}
                  className="-ms-2 min-h-11 min-w-8 justify-center"
                />
              )}
              <Avatar name={agent.name} src={smallPicture(agent.avatarUrl)} />
              <div className="relative min-w-0 flex-1">
                <Link
                  look="plain"
                  href={own}
                  dir="auto"
                  className={classes(
                    "block truncate font-medium after:absolute after:-inset-y-1 after:inset-x-0",
                    ownSide,
                  )}
                >
                  {agent.name}
                </Link>
                <span dir="auto" className={classes("block truncate text-muted text-xs", ownSide)}>
                  {agent.userEmails[0] ?? t("bot")}
                </span>
              </div>
              <SuspendedTag agentId={agent.id} />
              <div className="-me-2 shrink-0">
                {canSetStatus(agent) ? (
                  <StatusMenu
                    agentId={agent.id}
                    isBusy={agent.workload.workload.messaging > 0}
                    availability={agent.availability}
                    readAt={readAt}
                    agentName={agent.name}
                    onChange={(change) => onAvailability(agent, readAt, change)}
                  />
                ) : (
                  <span className="px-2">
                    <StatusLabel status={agent.status} />
                  </span>
                )}
              </div>
            </div>
            <div className="grid grid-cols-2 items-start gap-x-4 text-sm *:first:mt-0.5">
              <CanTakeCell agentId={agent.id} href={`${own}?tab=availability`} />
              <ActivityLabel availability={agent.availability} readAt={readAt} withText={false} />
              <LocalTimeCell agent={agent} href={`${own}?tab=schedule`} isCompact />
              <WorkloadCell agent={agent} href={`${own}?tab=workload`} />
              <LastChangeCell agent={agent} href={`${own}?tab=history`} />
            </div>
          </li>
        );
      })}
    </ul>
  );
});
