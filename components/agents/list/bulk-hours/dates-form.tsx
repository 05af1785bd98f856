"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { DayHoursFields } from "@/components/hours/schedule/day-hours";
import { Checkbox } from "@/components/ui/checkbox";
import { Segment, Segmented } from "@/components/ui/segmented";
import { clashes, type DayIntervals, inOrder, usualHours } from "@/lib/hours/schedule/editing";
import { epochDay, weekdayIndex } from "@/lib/platform/time/calendar";
import { isWeekendDay } from "@/lib/platform/time/week";
import { DateFields, useDates } from "./date-fields";
import { HoursDialog, type HoursFormProps } from "./hours-dialog";
import { datesOf, type Plan } from "./plan";

const dayModes = ["hours", "off", "usual"] as const;

/** Sets other hours, a day off or the usual hours on dates. */
export function DatesForm(props: HoursFormProps) {
  const t = useTranslations("agents.bulk.hours");
  const locale = useLocale();
  const dates = useDates();
  const { first, last, isOrdered } = dates;
  const [mode, setMode] = useState<(typeof dayModes)[number]>("hours");
  const [intervals, setIntervals] = useState<DayIntervals>([usualHours]);
  const [hasWeekends, setWeekends] = useState(false);
  const [isTried, setTried] = useState(false);

  const isWeekend = (weekday: number) => isWeekendDay(locale, weekday);
  const all = isOrdered && first && last ? datesOf(first, last, () => false) : [];
  const isMixed = new Set(all.map((date) => isWeekend(weekdayIndex(epochDay(date))))).size > 1;
  const isWrong = mode === "hours" && clashes(intervals).some(Boolean);
  const touched = isMixed && !hasWeekends && first && last ? datesOf(first, last, isWeekend) : all;
  const [start, end] = [touched[0], touched.at(-1)];
  const plan: Plan | undefined =
    start && end && !isWrong
      ? {
          changes: touched.map((date) => ({
            type: "override",
            date,
            intervals: mode === "usual" ? null : mode === "off" ? [] : inOrder(intervals),
          })),
          from: start,
          to: end,
        }
      : undefined;
  return (
    <HoursDialog {...props} name="dates" plan={plan} onTry={() => setTried(true)}>
      <DateFields dates={dates} isTried={isTried} />
      {isMixed && (
        <Checkbox isSelected={hasWeekends} onChange={setWeekends}>
          {t("weekends")}
        </Checkbox>
      )}
      <Segmented
        label={t("mode")}
        value={mode}
        onChange={(value) => setMode(dayModes.find((each) => each === value) ?? "hours")}
      >
        {dayModes.map((each) => (
          <Segment key={each} value={each}>
            {t(`modes.${each}`)}
          </Segment>
        ))}
      </Segmented>
      {mode === "hours" && (
        <DayHoursFields name={t("eachDay")} intervals={intervals} onChange={setIntervals} />
      )}
      <p className="text-muted text-sm">{t(mode === "usual" ? "usualHelp" : "datesHelp")}</p>
    </HoursDialog>
  );
}
