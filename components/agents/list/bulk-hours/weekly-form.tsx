"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ScheduleEditor } from "@/components/hours/schedule/schedule-editor";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Callout } from "@/components/ui/callout";
import { DatePicker } from "@/components/ui/date-picker";
import { Segment, Segmented } from "@/components/ui/segmented";
import type { IntervalWeek } from "@/lib/hours/schedule/contract";
import { hasOverlaps, presets, weekOf } from "@/lib/hours/schedule/editing";
import { epochDay, weekdays } from "@/lib/platform/time/calendar";
import { isWeekendDay } from "@/lib/platform/time/week";
import { AgentBox } from "../agent-box";
import { useTomorrow } from "./date-fields";
import { HoursDialog, type HoursFormProps } from "./hours-dialog";
import type { Plan } from "./plan";

const noHolidays: [] = [];

/** Sets the weekly hours from a date on, or at all times. */
export function WeeklyForm(props: HoursFormProps) {
  const t = useTranslations("agents.bulk.hours");
  const bulk = useTranslations("agents.bulk");
  const ask = useTranslations("calendar.timeOff.ask");
  const versions = useTranslations("schedule.versions");
  const { workspace } = useWorkspace();
  const locale = useLocale();
  const tomorrow = useTomorrow();
  const [hasStart, setStart] = useState(true);
  const [from, setFrom] = useState<string | null>(tomorrow);
  const [isTried, setTried] = useState(false);
  // Starts with a regular week: saving an empty one by mistake would put all agents out of hours.
  const [week, setWeek] = useState<IntervalWeek | undefined>(() =>
    weekOf(presets(weekdays.filter((_, index) => isWeekendDay(locale, index)))[0]?.schedule ?? {}),
  );
  const isWrong = week !== undefined && hasOverlaps(week);
  const plan: Plan | undefined =
    !isWrong && (!hasStart || from)
      ? {
          changes: [
            {
              type: "schedule",
              week: week ?? null,
              ...(hasStart && from ? { effectiveFrom: from } : {}),
            },
          ],
          from: hasStart && from ? from : tomorrow,
        }
      : undefined;
  return (
    <HoursDialog {...props} name="weekly" plan={plan} onTry={() => setTried(true)}>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <Segmented
          label={t("applies")}
          value={hasStart ? "date" : "always"}
          onChange={(value) => setStart(value === "date")}
        >
          <Segment value="date">{t("fromDate")}</Segment>
          <Segment value="always">{versions("only")}</Segment>
        </Segmented>
        {hasStart && (
          <DatePicker
            label={versions("date")}
            value={from}
            onChange={setFrom}
            error={isTried && from === null ? ask("needsDate") : undefined}
            className="w-44"
          />
        )}
      </div>
      <AgentBox
        label={bulk("copyFrom")}
        onChoose={(agent) => setWeek(agent.weeklySchedule && weekOf(agent.weeklySchedule))}
      />
      <ScheduleEditor
        value={week}
        onChange={setWeek}
        timezone={workspace.timezone}
        holidays={noHolidays}
        {...(hasStart && from ? { fromDay: epochDay(from) } : {})}
      />
      <Callout>{t(hasStart ? "weeklyFromHelp" : "weeklyHelp")}</Callout>
    </HoursDialog>
  );
}
