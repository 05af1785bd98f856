"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import type { Reason } from "@/components/availability/reason-words";
import { useReadyNow } from "@/components/availability/use-ready-now";
import { useSetAvailability } from "@/components/availability/use-set-availability";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import type { Profile } from "./profile-context";

/** How to end a reason: a button or link if the reader has permission, otherwise who or what ends it. */
export function ReasonAction({
  reason,
  onDone,
  agent,
  readAt,
  rights,
  openTab,
}: Pick<Profile, "agent" | "readAt" | "rights"> & {
  reason: Reason;
  onDone: () => void;
  openTab: (tab: "holidays" | "schedule" | "workload") => void;
}) {
  const t = useTranslations("availability.answer");
  const profile = useTranslations("profile.header");
  const { can, href } = useWorkspace();
  const setAvailability = useSetAvailability(useCallback(() => profile("statusFailed"), [profile]));
  const ready = useReadyNow(agent.id);

  const remedy = <span className="text-muted text-sm">{t(`remedy.${reason.remedy}`)}</span>;
  const button = (label: string, run: () => void) =>
    rights.canChangeAvailability ? (
      <Button
        size="small"
        onPress={() => {
          // The button disappears with the reason, so move the focus to the sentence first.
          onDone();
          run();
        }}
      >
        {label}
      </Button>
    ) : (
      remedy
    );
  const set = (change: AvailabilityChange, label: string) =>
    button(label, () => setAvailability(agent, readAt, change));

  switch (reason.decider) {
    case "status":
      return set({ status: "active" }, t("do.active"));
    case "activity":
      return set({ activity: "available" }, t(reason.code === "onBreak" ? "do.endBreak" : "do.available"));
    case "wrapUp":
    case "response":
      return button(t("do.ready"), ready);
    case "membership":
      return can("people.write") && agent.user ? (
        <Link href={href(`/settings/people?edit=${agent.user.id}`)}>{t("do.person")}</Link>
      ) : (
        remedy
      );
    case "hours": {
      const [tab, label] =
        reason.code === "holiday"
          ? (["holidays", "do.holidays"] as const)
          : (["schedule", "do.schedule"] as const);
      return rights.canEdit(tab === "holidays" ? "holidays" : "schedule") ? (
        <Button size="small" onPress={() => openTab(tab)}>
          {t(label)}
        </Button>
      ) : (
        remedy
      );
    }
    case "capacity":
      return rights.canChangeRule && reason.details.ruleId ? (
        <Button size="small" onPress={() => openTab("workload")}>
          {t("do.capacity")}
        </Button>
      ) : (
        remedy
      );
    default:
      return remedy;
  }
}
