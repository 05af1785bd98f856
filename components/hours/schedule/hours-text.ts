"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { type DayHours, endsNextDay, isWholeDay } from "@/lib/hours/schedule/editing";
import { type WallMoment, wallMoment } from "@/lib/hours/schedule/week-strip";
import { weekdayIndex } from "@/lib/platform/time/calendar";
import { formatWallTime, type WallTime, weekdayName } from "@/lib/platform/time/format";
import type { Interval } from "@/lib/platform/time/interval";

/** Words for hours, as the reader writes them. */
export interface HoursText {
  /** "22:00 – 06:00". */
  readonly range: (from: WallTime, to: WallTime) => string;
  /** "22:00 – 06:00 (next day)", "Whole day", "Off". */
  readonly day: (hours: DayHours | undefined) => string;
  /** A stretch of real time on the clock of a zone, with the weekdays where they are not that of `day`: "Sun 23:30 – Mon 07:30". */
  readonly elsewhere: (interval: Interval, timezone: string, day: number) => string;
}

/** Words for hours in the reader's language, with their 12 or 24 hours. */
export function useHoursText(): HoursText {
  const t = useTranslations("schedule");
  const locale = useLocale();
  return useMemo(() => {
    const range = (from: WallTime, to: WallTime) =>
      t("range", { from: formatWallTime(locale, from), to: formatWallTime(locale, to) });
    const moment = (at: WallMoment, day: number) =>
      at.day === day
        ? formatWallTime(locale, at)
        : t("dayAndTime", {
            day: weekdayName(locale, weekdayIndex(at.day), "short"),
            time: formatWallTime(locale, at),
          });
    return {
      range,
      day: (hours) => {
        if (!hours) return t("off");
        if (isWholeDay(hours)) return t("wholeDay");
        const text = range(hours.from, hours.to);
        return endsNextDay(hours) ? t("overnight", { hours: text }) : text;
      },
      elsewhere: (interval, timezone, day) => {
        const start = wallMoment(timezone, interval.start);
        const end = wallMoment(timezone, interval.end);
        // Midnight ends the day before it.
        const endDay = end.hour === 0 && end.minute === 0 ? end.day - 1 : end.day;
        return t("range", { from: moment(start, day), to: moment(end, end.day - endDay + start.day) });
      },
    };
  }, [t, locale]);
}
