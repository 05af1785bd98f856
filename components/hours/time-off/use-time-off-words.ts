"use client";

import { useLocale, useTranslations } from "use-intl";
import { pageNow } from "@/lib/platform/client/page-clock";
import { epochDay } from "@/lib/platform/time/calendar";
import { formatDay, formatDays, formatWallTime } from "@/lib/platform/time/format";
import type { OffTime } from "./days";

const DAY = { weekday: "short", day: "numeric", month: "short" } as const;

/** Returns functions that format the dates of time off. */
export function useTimeOffWords() {
  const t = useTranslations("calendar.timeOff");
  const locale = useLocale();
  const thisYear = new Date(pageNow()).toISOString().slice(0, 4);
  const options = (...dates: string[]) =>
    dates.every((date) => date.startsWith(thisYear)) ? DAY : ({ ...DAY, year: "numeric" } as const);

  /** "Thu, 3 Dec". */
  const date = (iso: string) => formatDay(locale, epochDay(iso), options(iso));

  /** "Thu, 3 Dec, 13:00 to 17:00", or "3 – 5 Dec". */
  function when({ startDate, endDate, startTime, endTime }: OffTime): string {
    const from = startTime && formatWallTime(locale, startTime);
    const to = endTime && formatWallTime(locale, endTime);
    if (startDate === endDate) {
      const day = date(startDate);
      if (from && to) return t("when.times", { date: day, from, to });
      if (from) return t("when.from", { date: day, from });
      return to ? t("when.until", { date: day, to }) : day;
    }
    if (!from && !to)
      return formatDays(locale, epochDay(startDate), epochDay(endDate), options(startDate, endDate));
    const start = from ? `${date(startDate)}, ${from}` : date(startDate);
    const end = to ? `${date(endDate)}, ${to}` : date(endDate);
    return t("when.range", { start, end });
  }

  /** "3 days"; undefined for parts of a day. */
  const length = ({ startDate, endDate, startTime, endTime }: OffTime) =>
    startTime || endTime ? undefined : t("days", { count: epochDay(endDate) - epochDay(startDate) + 1 });

  return { date, when, length };
}
