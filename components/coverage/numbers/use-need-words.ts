"use client";

import { useCallback } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useFacets } from "@/components/agents/list/use-facets";
import { useList } from "@/components/shell/use-list";
import type { CoverageNeed } from "@/lib/agents/coverage/needs-contract";
import { epochDay, weekdays } from "@/lib/platform/time/calendar";
import { formatDay, formatWallTime, weekdayName } from "@/lib/platform/time/format";

interface Scope {
  teamId?: string | undefined;
  skillId?: string | undefined;
}

/** Returns functions that describe needs. */
export function useNeedWords() {
  const t = useTranslations("calendar.coverage");
  const channelWords = useTranslations("availability.channels");
  const locale = useLocale();
  const list = useList();
  const { teams, skills } = useFacets();

  const scope = useCallback(
    ({ teamId, skillId }: Scope): string => {
      const find = (items: readonly { id: string; name: string }[], id: string | undefined) =>
        id === undefined ? [] : [items.find((item) => item.id === id)?.name ?? "…"];
      const names = [...find(teams, teamId), ...find(skills, skillId)];
      return names.length === 0 ? t("everyone") : names.join(" · ");
    },
    [t, teams, skills],
  );

  const days = useCallback(
    ({ days: chosen }: Pick<CoverageNeed, "days">): string => {
      if (typeof chosen === "string") return formatDay(locale, epochDay(chosen), { dateStyle: "medium" });
      if (chosen.length === 7) return t("everyDay");
      const indexes = weekdays.flatMap((day, index) => (chosen.includes(day) ? [index] : []));
      if (indexes.length === 5 && indexes.at(-1) === 4) return t("workingDays");
      return list(indexes.map((index) => weekdayName(locale, index, "short")));
    },
    [t, locale, list],
  );

  const whole = useCallback(
    (need: CoverageNeed): string =>
      t("needLine", {
        scope: [scope(need), ...(need.channel ? [channelWords(need.channel)] : [])].join(" · "),
        days: days(need),
        from: formatWallTime(locale, need.from),
        to: formatWallTime(locale, need.to),
        minimum: need.minimum,
      }),
    [t, channelWords, locale, scope, days],
  );
  return { scope, days, whole };
}
