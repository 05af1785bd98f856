"use client";

import { useLocale, useTranslations } from "use-intl";
import { useExactDuration } from "@/components/availability/duration-text";
import { classes } from "@/components/ui/classes";
import type { WeeklySchedule } from "@/lib/hours/schedule/contract";
import { lengthOf } from "@/lib/hours/schedule/editing";
import { type Weekday, weekdays } from "@/lib/platform/time/calendar";
import { weekdayName, weekOrder } from "@/lib/platform/time/format";
import { useHoursText } from "./hours-text";

/** The weekly hours, read-only. */
export function ScheduleTable({
  schedule,
  viewerHours,
}: {
  schedule: WeeklySchedule;
  /** Hours per day in the reader's time zone, if it differs. */
  viewerHours: Partial<Record<Weekday, string>> | undefined;
}) {
  const t = useTranslations("schedule");
  const locale = useLocale();
  const text = useHoursText();
  const duration = useExactDuration();
  return (
    <table className="w-full max-w-2xl text-start tabular-nums">
      <caption className="sr-only">{t("weekly")}</caption>
      <thead className="text-muted text-xs">
        <tr className="border-line border-b">
          <th scope="col" className="py-1.5 pe-4 text-start font-medium">
            {t("day")}
          </th>
          <th scope="col" className="py-1.5 pe-4 text-start font-medium">
            {t("hours")}
          </th>
          {viewerHours && (
            <th scope="col" className="py-1.5 pe-4 text-start font-medium @max-md:hidden">
              {t("yourZone")}
            </th>
          )}
          <th scope="col" className="py-1.5 text-end font-medium @max-md:hidden">
            {t("length")}
          </th>
        </tr>
      </thead>
      <tbody>
        {weekOrder(locale).map((index) => {
          const weekday = weekdays[index];
          if (!weekday) return null;
          const hours = schedule[weekday];
          return (
            <tr key={weekday} className="border-line not-last:border-b">
              <th scope="row" className="py-2 pe-4 text-start align-top font-medium">
                {weekdayName(locale, index)}
              </th>
              <td className={classes("py-2 pe-4 align-top", !hours && "text-muted")}>
                {text.day(hours)}
                {viewerHours?.[weekday] && (
                  <span className="block text-muted text-sm @md:hidden">
                    {t("yourTime", { hours: viewerHours[weekday] })}
                  </span>
                )}
              </td>
              {viewerHours && (
                <td className="py-2 pe-4 align-top text-muted @max-md:hidden">{viewerHours[weekday]}</td>
              )}
              <td className="py-2 text-end align-top text-muted @max-md:hidden">
                {hours && duration(lengthOf(hours))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
