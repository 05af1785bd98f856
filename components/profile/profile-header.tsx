"use client";

import { useTranslations } from "use-intl";
import { ActivityControl } from "@/components/availability/activity-control";
import { ActivityLabel } from "@/components/availability/activity-label";
import { StatusLabel, StatusMenu } from "@/components/availability/status-menu";
import { SuspendedTag } from "@/components/availability/suspended-tag";
import { useProblemText } from "@/components/shell/problem-text";
import { Avatar } from "@/components/ui/avatar";
import { Tag } from "@/components/ui/tag";
import { notify } from "@/components/ui/toast";
import type { AvailabilityChange } from "@/lib/availability/contract";
import { useChangeAvailability } from "@/lib/availability/queries";
import { AgentMenu } from "./agent-menu";
import { LocalTime } from "./local-time";
import { useProfile } from "./profile-context";
import { ReadinessLine } from "./readiness-line";

/** Who it is, and whether they can take work now. */
export function ProfileHeader() {
  const t = useTranslations("profile");
  const { workspaceId, agent, readAt, rights } = useProfile();
  const problemText = useProblemText();
  const { mutate } = useChangeAvailability(workspaceId);
  const change = (next: AvailabilityChange) =>
    mutate(
      { agentId: agent.id, change: next },
      {
        onError: (error) =>
          notify({ kind: "error", title: t("ready.statusFailed"), detail: problemText(error) }),
      },
    );
  return (
    <header className="flex flex-col gap-3 px-4 pt-5 pb-4 sm:px-6">
      <div className="flex items-start gap-4">
        <Avatar name={agent.name} src={agent.avatarUrl} size="large" className="sm:size-16 sm:text-lg" />
        <div className="min-w-0 flex-1">
          <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
            <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{agent.name}</h1>
            {agent.type === "bot" && <Tag>{t("facts.bot")}</Tag>}
            <SuspendedTag agentId={agent.id} />
            {rights.isOwn && <Tag look="accent">{t("header.you")}</Tag>}
          </div>
          <div className="-ms-2 mt-1 flex flex-wrap items-center gap-x-1 gap-y-1">
            {rights.canChangeAvailability ? (
              <>
                <StatusMenu
                  status={agent.availability.status}
                  agentName={agent.name}
                  onChange={(status) => change({ status })}
                />
                <ActivityControl
                  availability={agent.availability}
                  readAt={readAt}
                  agentName={agent.name}
                  onChange={change}
                />
              </>
            ) : (
              <span className="flex min-h-7 flex-wrap items-center gap-x-4 px-2">
                <StatusLabel status={agent.availability.status} />
                <ActivityLabel availability={agent.availability} readAt={readAt} />
              </span>
            )}
          </div>
        </div>
        <AgentMenu />
      </div>
      <div className="flex flex-col gap-1.5">
        <ReadinessLine agent={agent} readAt={readAt} />
        <LocalTime timezone={agent.timezone} />
      </div>
    </header>
  );
}
