"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useJoined } from "@/components/ui/use-joined";
import { type WallMoment, wallMoment } from "@/lib/hours/calendar/week-strip";
import {
  type DayHours,
  type DayIntervals,
  endsNextDay,
  inOrder,
  isWholeDay,
} from "@/lib/hours/schedule/editing";
import { weekdayIndex } from "@/lib/platform/time/calendar";
import { formatWallTime, type WallTime, weekdayName } from "@/lib/platform/time/format";
import type { Interval } from "@/lib/platform/time/interval";

/** Formats hours in the reader's language. */
export interface HoursText {
  /** "22:00 – 06:00". */
  readonly range: (from: WallTime, to: WallTime) => string;
  /** "22:00 – 06:00 (next day)", "Whole day", "Off". */
  readonly day: (hours: DayHours | undefined) => string;
  /** "09:00 – 12:00, 13:00 – 17:00", "Off". */
  readonly plan: (intervals: DayIntervals) => string;
  /** An interval in a time zone, with weekdays where they differ from `day`: "Sun 23:30 – Mon 07:30". */
  readonly elsewhere: (interval: Interval, timezone: string, day: number) => string;
}

/** Returns formatters for hours in the reader's language and 12- or 24-hour format. */
export function useHoursText(): HoursText {
  const t = useTranslations("schedule");
  const locale = useLocale();
  const joined = useJoined();
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
    const day = (hours: DayHours | undefined) => {
      if (!hours) return t("off");
      if (isWholeDay(hours)) return t("wholeDay");
      const text = range(hours.from, hours.to);
      return endsNextDay(hours) ? t("overnight", { hours: text }) : text;
    };
    return {
      range,
      day,
      plan: (intervals) => (intervals.length === 0 ? t("off") : joined(inOrder(intervals).map(day))),
      elsewhere: (interval, timezone, day) => {
        const start = wallMoment(timezone, interval.start);
        const end = wallMoment(timezone, interval.end);
        // An end at midnight belongs to the preceding day.
        const endDay = end.hour === 0 && end.minute === 0 ? end.day - 1 : end.day;
        return t("range", { from: moment(start, day), to: moment(end, end.day - endDay + start.day) });
      },
    };
  }, [t, locale, joined]);
}
