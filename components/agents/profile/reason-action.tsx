"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import type { Reason } from "@/components/availability/reason-words";
import { useSetAvailability } from "@/components/availability/use-set-availability";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import { useProfile } from "./profile-context";

/** What to do about a reason: a button or link where the reader may, otherwise who or what ends it. */
export function ReasonAction({ reason, onDone }: { reason: Reason; onDone: () => void }) {
  const t = useTranslations("availability.answer");
  const profile = useTranslations("profile.header");
  const { agent, readAt, rights, openTab } = useProfile();
  const { can, href } = useWorkspace();
  const setAvailability = useSetAvailability(useCallback(() => profile("statusFailed"), [profile]));

  const remedy = <span className="text-muted text-sm">{t(`remedy.${reason.remedy}`)}</span>;
  const set = (change: AvailabilityChange, label: string) =>
    rights.canChangeAvailability ? (
      <Button
        size="small"
        onPress={() => {
          // The button goes with the reason, so the focus moves to the sentence.
          onDone();
          setAvailability(agent, readAt, change);
        }}
      >
        {label}
      </Button>
    ) : (
      remedy
    );

  switch (reason.decider) {
    case "status":
      return set({ status: "active" }, t("do.active"));
    case "activity":
      return set({ activity: "available" }, t(reason.code === "onBreak" ? "do.endBreak" : "do.available"));
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
      return rights.canEdit(tab === "holidays" ? "holidays" : "weeklySchedule") ? (
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
