"use client";

import { useTranslations } from "use-intl";
import { Segment, Segmented } from "@/components/ui/segmented";

/** Chooses whether rows are grouped by team. */
export function GroupField({
  isGrouped,
  onChange,
}: {
  isGrouped: boolean;
  onChange: (isGrouped: boolean) => void;
}) {
  const t = useTranslations("calendar.planner");
  return (
    <Segmented
      label={t("groupBy")}
      hideLabel
      value={isGrouped ? "team" : "none"}
      onChange={(value) => onChange(value === "team")}
    >
      <Segment value="team">{t("byTeam")}</Segment>
      <Segment value="none">{t("ungrouped")}</Segment>
    </Segmented>
  );
}
