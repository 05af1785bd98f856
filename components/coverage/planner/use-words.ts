"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import type { Span } from "@/lib/hours/calendar/data";
import { DAY_MS, epochDay, MINUTE_MS, wallTimeOf } from "@/lib/platform/time/calendar";
import { formatDay, formatInstant, formatWallTime, zoneName } from "@/lib/platform/time/format";
import type { Interval } from "@/lib/platform/time/interval";
import { wallClockAt } from "@/lib/platform/time/wall-clock";
import { intervalOfShift, type RowShift, zoneOn } from "./row-hours";

const DAY_MINUTES = 1440;

/** Returns a function that remembers its results. Most shifts share a few times and dates. */
function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

const minuteIn = (timezone: string, instant: number) => {
  const wall = wallClockAt(timezone, instant);
  return Math.floor((((wall % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
};

export type ShiftWords = ReturnType<typeof useShiftWords>;

/** Returns functions that describe shifts. Share them among rows: they cache what they format. */
export function useShiftWords() {
  const t = useTranslations("calendar.planner");
  const locale = useLocale();
  return useMemo(() => {
    const date = remembered((day: number) =>
      formatDay(locale, day, { weekday: "short", day: "numeric", month: "short" }),
    );
    const clock = remembered((minute: number) => formatWallTime(locale, wallTimeOf(minute)));
    const range = remembered((minutes: number) =>
      t("range", { from: clock(Math.floor(minutes / DAY_MINUTES)), to: clock(minutes % DAY_MINUTES) }),
    );
    const times = ({ start, end }: Interval, timezone: string) =>
      range(minuteIn(timezone, start) * DAY_MINUTES + minuteIn(timezone, end));
    const shortClock = remembered((minute: number) =>
      formatInstant(locale, minute * MINUTE_MS, "Etc/UTC", {
        hour: "numeric",
        ...(minute % 60 !== 0 ? { minute: "2-digit" } : {}),
      }),
    );
    const bareClock = remembered((minute: number) => shortClock(minute).replace(/[^\p{Nd}:.]/gu, ""));
    const source = (shift: RowShift) =>
      shift.name
        ? t("sourceWithName", { source: t(`source.${shift.source}`), name: shift.name })
        : t(`source.${shift.source}`);
    return {
      date,
      /** The start in its shortest form: "8 AM", "8:30 AM". */
      start: (shift: RowShift, timezone: string): string =>
        shortClock(minuteIn(timezone, Date.parse(shift.start))),
      /** The start without "AM" or "PM", where nothing longer fits. */
      shortest: (shift: RowShift, timezone: string): string =>
        bareClock(minuteIn(timezone, Date.parse(shift.start))),
      times(shift: RowShift, timezone: string): string {
        const interval = intervalOfShift(shift);
        const { start, end } = interval;
        return minuteIn(timezone, start) === minuteIn(timezone, end)
          ? t("wholeDay")
          : times(interval, timezone);
      },
      source,
      span: ({ from, to }: Span) => range(from * DAY_MINUTES + to),
      /** A full description: the agent, the times in the agent's zone and in the displayed one, and the source. */
      whole(row: PlannerRow, shift: RowShift, timezone: string): string {
        const own = zoneOn(row, shift.date);
        const interval = intervalOfShift(shift);
        const said = {
          name: row.name,
          date: date(epochDay(shift.date)),
          times: times(interval, own),
          source: source(shift),
        };
        if (own === timezone || times(interval, timezone) === said.times) return t("shift", said);
        return t("shiftElsewhere", {
          ...said,
          zone: zoneName(own),
          shown: times(interval, timezone),
          shownZone: zoneName(timezone),
        });
      },
    };
  }, [t, locale]);
}
