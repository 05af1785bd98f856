"use client";

import { memo, useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ticksOf } from "@/components/availability/timeline/day";
import type { Period } from "@/components/coverage/period";
import { classes } from "@/components/ui/classes";
import { wallTimeOf } from "@/lib/platform/time/calendar";
import { formatDay, formatWallTime } from "@/lib/platform/time/format";
import { CoverageStrip } from "./coverage-strip";
import { type DraftStore, useDraftState } from "./draft-store";
import { type Numbers, withHours } from "./numbers";
import { ColumnHeader, firstColumn, Row, Rows } from "./parts";

export const headHeight = 84;
const namesHeight = 40;

/** The names of the days and the coverage of all agents. */
export function PlannerHead({
  period,
  now,
  numbers,
  store,
}: {
  period: Period;
  now: number | null;
  numbers: Numbers | undefined;
  store: DraftStore;
}) {
  const t = useTranslations("calendar.planner");
  return (
    <Rows className="sticky top-0 z-30">
      <Row aria-rowindex={1} className="flex" style={{ height: headHeight }}>
        <ColumnHeader
          className={classes(firstColumn, "flex items-end bg-surface pb-1 font-medium text-muted text-xs")}
        >
          {t("agent")}
        </ColumnHeader>
        <ColumnHeader className="flex min-w-0 flex-1 flex-col justify-end border-line border-b bg-surface">
          <span className="sr-only">{t("shifts")}</span>
          <DayNames period={period} now={now} />
          <Strip numbers={numbers} period={period} store={store} />
        </ColumnHeader>
      </Row>
    </Rows>
  );
}

function Strip({
  numbers,
  period,
  store,
}: {
  numbers: Numbers | undefined;
  period: Period;
  store: DraftStore;
}) {
  const moved = useDraftState(store);
  const after = useMemo(
    () => (numbers && moved ? withHours(numbers, moved.before, moved.after) : undefined),
    [numbers, moved],
  );
  return (
    <CoverageStrip
      numbers={after ?? numbers}
      before={after && numbers}
      period={period}
      height={namesHeight}
    />
  );
}

/** The names of the days; the hours in a single day. */
const DayNames = memo(function DayNames({ period, now }: { period: Period; now: number | null }) {
  const locale = useLocale();
  const length = period.end - period.start;
  const percent = (share: number) => `${(share * 100).toFixed(3)}%`;
  const [only] = period.days;
  return (
    <div aria-hidden="true" className="relative h-10 overflow-hidden text-xs">
      {period.days.length === 1 && only
        ? ticksOf(period.timezone, only, 2).map(({ minute, place }) => (
            <span
              key={minute}
              className="absolute bottom-1 text-muted tabular-nums ltr:-translate-x-1/2 rtl:translate-x-1/2"
              style={{ insetInlineStart: percent(place) }}
            >
              {formatWallTime(locale, wallTimeOf(minute))}
            </span>
          ))
        : period.days.map(({ day, start, end }) => (
            <span
              key={day}
              className={
                now !== null && start <= now && now < end
                  ? "absolute inset-y-0 flex items-center border-line border-s px-2 font-semibold text-accent"
                  : "absolute inset-y-0 flex items-center border-line border-s px-2 font-medium text-muted"
              }
              style={{
                insetInlineStart: percent((start - period.start) / length),
                width: percent((end - start) / length),
              }}
            >
              {formatDay(locale, day, { weekday: "short", day: "numeric", month: "short" })}
            </span>
          ))}
    </div>
  );
});
