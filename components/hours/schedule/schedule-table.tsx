"use client";

import { useLocale, useTranslations } from "use-intl";
import { useExactDuration } from "@/components/availability/duration-text";
import { classes } from "@/components/ui/classes";
import type { IntervalWeek } from "@/lib/hours/schedule/contract";
import { inOrder, intervalsOn, lengthOf } from "@/lib/hours/schedule/editing";
import { type Weekday, weekdays } from "@/lib/platform/time/calendar";
import { weekdayName } from "@/lib/platform/time/format";
import { weekOrder } from "@/lib/platform/time/week";
import { useHoursText } from "./hours-text";

/** The weekly hours, read-only. */
export function ScheduleTable({
  week,
  viewerHours,
}: {
  week: IntervalWeek;
  /** Hours per day in the reader's time zone, if it differs. */
  viewerHours: Partial<Record<Weekday, readonly string[]>> | undefined;
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
          const intervals = inOrder(intervalsOn(week, weekday));
          const yours = viewerHours?.[weekday] ?? [];
          return (
            <tr key={weekday} className="border-line not-last:border-b">
              <th scope="row" className="py-2 pe-4 text-start align-top font-medium">
                {weekdayName(locale, index)}
              </th>
              <td className={classes("py-2 pe-4 align-top", intervals.length === 0 && "text-muted")}>
                {intervals.length === 0
                  ? text.day(undefined)
                  : intervals.map((hours, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: has no state
                      <span key={index} className="block">
                        {text.day(hours)}
                        {yours[index] && (
                          <span className="block text-muted text-sm @md:hidden">
                            {t("yourTime", { hours: yours[index] })}
                          </span>
                        )}
                      </span>
                    ))}
              </td>
              {viewerHours && (
                <td className="py-2 pe-4 align-top text-muted @max-md:hidden">
                  {yours.map((hours) => (
                    <span key={hours} className="block">
                      {hours}
                    </span>
                  ))}
                </td>
              )}
              <td className="py-2 text-end align-top text-muted @max-md:hidden">
                {intervals.length > 0 && duration(intervals.reduce((sum, hours) => sum + lengthOf(hours), 0))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
