"use client";

import { useTranslations } from "use-intl";

/** The number of agents of a group. */
export function GroupCount({ count }: { count: number }) {
  const t = useTranslations("calendar.planner");
  return (
    <span className="shrink-0 text-muted tabular-nums">
      <span aria-hidden="true">{t("count", { count })}</span>
      <span className="sr-only">{t("agentCount", { count })}</span>
    </span>
  );
}
