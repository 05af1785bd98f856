"use client";

import { useCallback, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { ActivityControl } from "@/components/availability/activity-control";
import { ActivityLabel } from "@/components/availability/activity-label";
import { StatusLabel, StatusMenu } from "@/components/availability/status-menu";
import { SuspendedTag } from "@/components/availability/suspended-tag";
import { type AvailabilityPick, useSetAvailability } from "@/components/availability/use-set-availability";
import { Avatar } from "@/components/ui/avatar";
import { Tag } from "@/components/ui/tag";
import { AgentMenu } from "./agent-menu";
import { CurrentAnswer } from "./current-answer";
import { LocalTime } from "./local-time";
import { useProfile } from "./profile-context";

/** The agent's name and whether they can take work now. */
export function ProfileHeader({ takesFocus }: { takesFocus: boolean }) {
  const t = useTranslations("profile");
  const { agent, readAt, rights } = useProfile();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const setAvailability = useSetAvailability(useCallback(() => t("header.statusFailed"), [t]));
  const change = (pick: AvailabilityPick) => setAvailability(agent, readAt, pick);
  return (
    <header className="flex flex-col gap-3 px-4 pt-5 pb-4 sm:px-6">
      <div className="flex items-start gap-4">
        <Avatar name={agent.name} src={agent.avatarUrl} size="large" className="sm:size-16 sm:text-lg" />
        <div className="min-w-0 flex-1">
          <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
            <h1
              ref={heading}
              tabIndex={-1}
              className="min-w-0 break-words font-semibold text-xl tracking-tight outline-none"
            >
              {agent.name}
            </h1>
            {agent.type === "bot" && <Tag>{t("facts.bot")}</Tag>}
            <SuspendedTag agentId={agent.id} />
            {rights.isOwn && <Tag look="accent">{t("header.you")}</Tag>}
          </div>
          <div className="-ms-2 mt-1 flex min-w-0 items-center gap-x-1 max-sm:flex-col max-sm:items-start">
            {rights.canChangeAvailability ? (
              <>
                <StatusMenu
                  agentId={agent.id}
                  isBusy={agent.workload.workload.messaging > 0}
                  showsNext
                  availability={agent.availability}
                  readAt={readAt}
                  agentName={agent.name}
                  onChange={change}
                />
                <ActivityControl
                  availability={agent.availability}
                  readAt={readAt}
                  agentName={agent.name}
                  onChange={change}
                  className="max-w-full"
                />
              </>
            ) : (
              <span className="flex min-h-7 max-w-full flex-wrap items-center gap-x-4 px-2">
                <StatusLabel status={agent.availability.status} />
                <ActivityLabel availability={agent.availability} readAt={readAt} />
              </span>
            )}
          </div>
        </div>
        <AgentMenu />
      </div>
      <div className="flex flex-col gap-1.5">
        <CurrentAnswer />
        <LocalTime timezone={agent.timezone} />
      </div>
    </header>
  );
}
