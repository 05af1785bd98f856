"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useViewerZone } from "@/components/shell/time";
import { DatePicker } from "@/components/ui/date-picker";
import { pageNow } from "@/lib/platform/client/page-clock";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";
import { localDate } from "@/lib/platform/time/wall-clock";

/** Returns tomorrow's date for the reader. */
export function useTomorrow(): string {
  const zone = useViewerZone();
  const [tomorrow] = useState(() => isoDate(epochDay(localDate(zone, pageNow())) + 1));
  return tomorrow;
}

/** The first and last date of a change. */
export function useDates() {
  const tomorrow = useTomorrow();
  const [first, setFirst] = useState<string | null>(tomorrow);
  const [last, setLast] = useState<string | null>(tomorrow);
  const [before, setBefore] = useState<string | null>(null);
  return {
    first,
    last,
    isOrdered: first !== null && last !== null && first <= last,
    setLast,
    setFirst(date: string | null) {
      setFirst(date);
      // The date is null while it is typed.
      if (date === null) return setBefore(first);
      // Moves the end if it would be before the start, or if the range was a single day.
      if (last === null || last < date || last === (first ?? before)) setLast(date);
    },
  };
}

export function DateFields({ dates, isTried }: { dates: ReturnType<typeof useDates>; isTried: boolean }) {
  const t = useTranslations("calendar.timeOff.ask");
  const travel = useTranslations("schedule.travel");
  const { first, last } = dates;
  const missing = (date: string | null) => (isTried && date === null ? t("needsDate") : undefined);
  return (
    <div className="grid grid-cols-2 gap-3">
      <DatePicker
        autoFocus
        label={t("from")}
        value={first}
        onChange={dates.setFirst}
        error={missing(first)}
      />
      <DatePicker
        label={t("to")}
        value={last}
        onChange={dates.setLast}
        {...(first ? { min: first } : {})}
        error={missing(last) ?? (first && last && last < first ? travel("endsBefore") : undefined)}
      />
    </div>
  );
}
