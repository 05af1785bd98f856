"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useCityOf } from "@/components/agents/profile/use-city-of";
import { classes } from "@/components/ui/classes";
import { useJoined } from "@/components/ui/use-joined";
import type { CompiledCalendar } from "@/lib/hours/calendar/compile";
import { type Bar, barsOf, positionOf, shiftsAround, wallMoment } from "@/lib/hours/calendar/week-strip";
import { monthDayOf } from "@/lib/platform/time/calendar";
import { formatDay, formatDays, formatWallTime } from "@/lib/platform/time/format";
import { useHoursText } from "./hours-text";

/** Fill for days without a shift. */
const hatched = "bg-[repeating-linear-gradient(135deg,var(--line)_0_2px,transparent_2px_6px)]";

const week = [0, 1, 2, 3, 4, 5, 6];
const percent = (days: number) => `${((days / 7) * 100).toFixed(3)}%`;

/** The shifts of a week as bars, in the agent's time zone and, if it differs, in the reader's. */
export function WeekStrip({
  calendar,
  viewerZone,
  firstDay,
  now,
}: {
  calendar: CompiledCalendar;
  /** Omitted if the reader's clock shows the same time. */
  viewerZone: string | undefined;
  /** First day of the week as an epoch day. */
  firstDay: number;
  /** Epoch milliseconds. */
  now: number;
}) {
  const t = useTranslations("schedule");
  const joined = useJoined();
  const locale = useLocale();
  const text = useHoursText();
  const cityOf = useCityOf();
  const { timezone, holidays } = calendar.hours.data;
  const shifts = useMemo(() => shiftsAround(calendar, firstDay), [calendar, firstDay]);
  const daysOff = useMemo(
    () =>
      week.map((offset) => {
        const day = firstDay + offset;
        const date = monthDayOf(day);
        const names = holidays
          .filter((each) => each.month === date.month && each.day === date.day)
          .map(({ name }) => name);
        return { day, names };
      }),
    [holidays, firstDay],
  );
  const date = (day: number) => formatDay(locale, day, { weekday: "short", day: "numeric", month: "short" });
  const today = wallMoment(timezone, now).day;
  const zones = viewerZone ? [timezone, viewerZone] : [timezone];

  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="font-medium text-sm">
        {t(firstDay <= today && today < firstDay + 7 ? "week" : "weekOf", {
          dates: formatDays(locale, firstDay, firstDay + 6, {
            day: "numeric",
            month: "long",
            year: "numeric",
          }),
        })}
      </figcaption>
      <div className="flex flex-col gap-1.5">
        <div aria-hidden="true" className={classes("flex text-muted text-xs", viewerZone && "@2xl:ps-44")}>
          {week.map((offset) => (
            <span key={offset} className="min-w-0 flex-1 truncate ps-1">
              {formatDay(locale, firstDay + offset, { weekday: "short" })}
              <span className="@max-lg:hidden">
                {" "}
                {formatDay(locale, firstDay + offset, { day: "numeric" })}
              </span>
            </span>
          ))}
        </div>
        {zones.map((zone) => {
          const bars = shifts.flatMap((shift) =>
            barsOf([shift], zone, firstDay).map((bar) => ({
              ...bar,
              id: `${bar.day} ${shift.start}`,
              label: t("shiftOn", { date: date(bar.day), hours: text.elsewhere(shift, zone, bar.day) }),
            })),
          );
          const isAgents = zone === timezone;
          const clock = formatWallTime(locale, wallMoment(zone, now));
          return (
            <div key={zone} className="flex flex-col gap-1 @2xl:flex-row @2xl:items-center">
              {viewerZone && (
                <p className="min-w-0 shrink-0 text-muted text-xs @2xl:w-44 @2xl:pe-3">
                  <span className="block truncate text-ink">{cityOf(zone)}</span>
                  <span className="tabular-nums">{t(isAgents ? "clock" : "yourClock", { time: clock })}</span>
                </p>
              )}
              <Track
                bars={bars}
                daysOff={isAgents ? daysOff.map(({ names }) => names.length > 0) : []}
                now={positionOf(now, zone, firstDay)}
              />
              <ul className="sr-only">
                {bars.map(({ id, label }) => (
                  <li key={id}>{label}</li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
      {daysOff.some(({ names }) => names.length > 0) && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
          {daysOff.map(({ day, names }) =>
            names.length === 0 ? null : (
              <li key={day} className="flex items-center gap-1.5">
                <span
                  aria-hidden="true"
                  className={classes("size-3 shrink-0 rounded-xs border border-line", hatched)}
                />
                {t("dayOffFor", { date: date(day), name: joined(names) })}
              </li>
            ),
          )}
        </ul>
      )}
    </figure>
  );
}

function Track({
  bars,
  daysOff,
  now,
}: {
  bars: readonly (Bar & { id: string; label: string })[];
  daysOff: readonly boolean[];
  now: number | null;
}) {
  return (
    <div
      aria-hidden="true"
      className="relative flex h-7 min-w-0 shrink-0 overflow-hidden @2xl:flex-1 @2xl:shrink rounded-md bg-sunken"
    >
      {week.map((offset) => (
        <span
          key={offset}
          className={classes(
            "relative flex-1 border-line not-first:border-s",
            "after:absolute after:start-1/2 after:bottom-0 after:h-1 after:border-line-strong/50 after:border-s",
            daysOff[offset] && hatched,
          )}
        />
      ))}
      {bars.map((bar) => (
        <span
          key={bar.id}
          title={bar.label}
          className="absolute inset-y-1.5 min-w-0.5 rounded-xs bg-accent/75 ring-1 ring-sunken"
          style={{ insetInlineStart: percent(bar.start), inlineSize: percent(bar.end - bar.start) }}
        />
      ))}
      {now !== null && (
        <span
          className="absolute inset-y-0 w-0.5 rounded-full bg-danger"
          style={{ insetInlineStart: percent(now) }}
        />
      )}
    </div>
  );
}
