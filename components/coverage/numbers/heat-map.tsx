"use client";

import { memo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { Period } from "@/components/coverage/period";
import { useFormatter } from "@/components/shell/time";
import { classes } from "@/components/ui/classes";
import { Skeleton } from "@/components/ui/skeleton";
import type { Coverage } from "@/lib/agents/coverage/contract";
import { MINUTE_MS, wallTimeOf } from "@/lib/platform/time/calendar";
import { formatDay, formatInstant, formatWallTime } from "@/lib/platform/time/format";
import { type Cell, cellsOf, type Level, levelOf } from "./cells";

const looks: Record<Level, string> = {
  none: "text-ink",
  short: "bg-danger-soft font-medium text-danger",
  exact: "bg-warning-soft text-warning",
  enough: "bg-success-soft text-success",
};

/** How many agents are scheduled and needed, by group, day and time of day. */
export const HeatMap = memo(function HeatMap({
  coverage,
  period,
  isUpdating,
}: {
  coverage: Coverage;
  period: Period;
  isUpdating: boolean;
}) {
  const t = useTranslations("calendar.coverage");
  const locale = useLocale();
  const columns = Array.from({ length: 1440 / coverage.step }, (_, index) => index * coverage.step);
  const isWeek = period.first !== period.last;
  const days = Array.from({ length: period.last - period.first + 1 }, (_, index) => period.first + index);
  const most = Math.max(1, ...coverage.groups.flatMap(({ scheduled }) => scheduled));
  const dayName = (day: number) =>
    formatDay(locale, day, { weekday: "short", day: "numeric", month: "numeric" });
  return (
    <table
      aria-label={t("heatMap")}
      aria-busy={isUpdating}
      className={classes(
        "w-full border-separate border-spacing-0 tabular-nums transition-opacity",
        isUpdating && "opacity-60",
      )}
    >
      <thead>
        <tr>
          <th scope="col" className={classes(corner, "text-start font-medium text-muted text-xs")}>
            {t(isWeek ? "day" : "group")}
          </th>
          {columns.map((minute) => (
            <th
              key={minute}
              scope="col"
              className="h-8 min-w-10 whitespace-nowrap border-line border-b px-0.5 text-center font-medium text-muted text-xs"
            >
              {coverage.step === 60
                ? formatInstant(locale, minute * MINUTE_MS, "UTC", { hour: "numeric" })
                : formatWallTime(locale, wallTimeOf(minute))}
            </th>
          ))}
        </tr>
      </thead>
      {coverage.groups.map((group) => {
        const cells = cellsOf(coverage, group, period);
        const name = group.id ? group.name : t("everyone");
        return (
          <tbody key={group.id ?? "all"}>
            {isWeek && coverage.groups.length > 1 && (
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={columns.length + 1}
                  className="h-9 border-line border-b bg-sunken px-3 text-start font-medium"
                >
                  <span dir="auto" className="sticky start-3 inline-block">
                    {name}
                  </span>
                </th>
              </tr>
            )}
            {days.map((day, index) => (
              <tr key={day}>
                <th scope="row" className={classes(corner, "truncate text-start font-medium text-sm")}>
                  <span dir="auto">{isWeek ? dayName(day) : name}</span>
                </th>
                {cells[index]?.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is a time of the day.
                  <HeatCell key={column} cell={cell} most={most} />
                ))}
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
});

/** Stays in place while the other columns scroll. */
const corner = "sticky start-0 z-10 h-9 min-w-24 max-w-44 border-line border-e border-b bg-surface px-3";

/** Share of the accent color, in percent, in the cell with the most agents. */
const strongestTint = 28;

function HeatCell({
  cell,
  most,
}: {
  cell: Cell | null;
  /** The largest number of scheduled agents in the table. */
  most: number;
}) {
  const t = useTranslations("calendar.coverage");
  const format = useFormatter();
  if (!cell)
    return (
      <td className="h-9 border-line border-e border-b px-0.5 text-center text-muted">
        <span aria-hidden="true">–</span>
        <span className="sr-only">{t("noTime")}</span>
      </td>
    );
  const { scheduled, needed, off } = cell;
  const level = levelOf(cell);
  const words = [
    level === "none" ? t("cell", { scheduled }) : t("cellNeeded", { scheduled, needed: needed ?? 0 }),
    ...(off > 0 ? [t("cellOff", { off })] : []),
  ].join(" ");
  const tint = Math.round((scheduled / most) * strongestTint);
  const spare = scheduled - (needed ?? 0);
  return (
    <td
      title={words}
      className={classes(
        "h-9 whitespace-nowrap border-line border-e border-b px-0.5 forced-color-adjust-none",
        looks[level],
        level === "none" && scheduled === 0 && "text-muted",
      )}
      // Without a need, the color shows when most agents work.
      style={
        level === "none"
          ? { background: `color-mix(in srgb, var(--accent) ${tint}%, var(--surface))` }
          : undefined
      }
    >
      <span className="sr-only">{words}</span>
      <span aria-hidden="true" className="flex items-baseline justify-center gap-0.5 text-sm">
        {format.number(scheduled)}
        {level !== "none" && (
          <span dir="ltr" className="text-xs">
            {spare === 0 ? "✓" : `${spare < 0 ? "−" : "+"}${format.number(Math.abs(spare))}`}
          </span>
        )}
      </span>
    </td>
  );
}

export function HeatMapSkeleton({ days }: { days: number }) {
  return (
    <div aria-hidden="true" className="animate-pulse">
      <div className="h-8 border-line border-b" />
      {Array.from({ length: days }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-9 items-center gap-4 border-line border-b px-3">
          <Skeleton className="h-3 w-20 shrink-0" />
          <Skeleton className="h-5 w-full" />
        </div>
      ))}
    </div>
  );
}
