"use client";

import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useCityOf } from "@/components/agents/profile/use-city-of";
import { useExactDuration } from "@/components/availability/duration-text";
import { useNow, useViewerZone } from "@/components/shell/time";
import { Callout } from "@/components/ui/callout";
import { Segment, Segmented } from "@/components/ui/segmented";
import { clockChangeEffects } from "@/lib/hours/calendar/clock-change-effects";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import { wallMoment, weekStart } from "@/lib/hours/calendar/week-strip";
import { weeklyCalendar } from "@/lib/hours/calendar/weekly";
import type { Holiday, IntervalWeek } from "@/lib/hours/schedule/contract";
import {
  copyDay,
  type DayIntervals,
  intervalsOn,
  overlaps,
  presets,
  usualHours,
  weeklyMinutes,
  weekOf,
  withDay,
} from "@/lib/hours/schedule/editing";
import { DAY_MS, type Weekday, weekdayIndex, weekdays } from "@/lib/platform/time/calendar";
import { formatWallTime, weekdayName } from "@/lib/platform/time/format";
import { wallClockAt } from "@/lib/platform/time/wall-clock";
import { firstWeekday, isWeekendDay, weekOrder } from "@/lib/platform/time/week";
import { isTimeZone } from "@/lib/platform/time/zone";
import { ClockChangeNotes } from "./clock-change-notes";
import { DayRow } from "./day-row";
import { useHoursText } from "./hours-text";
import { PresetMenu } from "./preset-menu";
import { ScheduleTable } from "./schedule-table";
import { WeekStrip } from "./week-strip";

/** Days ahead for which clock changes are listed. */
const daysAhead = 60;

/**
 * Edits weekly hours. `undefined` means no schedule (always in hours), `{}` means seven days off.
 */
export function ScheduleEditor({
  value,
  onChange,
  timezone,
  holidays,
  fromDay,
  isSingle = false,
  isReadOnly = false,
  children,
}: {
  value: IntervalWeek | undefined;
  onChange: (value: IntervalWeek | undefined) => void;
  timezone: string;
  holidays: Holiday[];
  /** The first local epoch day on which the hours apply, if it is in the future. */
  fromDay?: number | undefined;
  /** Limits a day to one interval, as in an agent's `weeklySchedule`. */
  isSingle?: boolean;
  isReadOnly?: boolean;
  /** Content above the days, such as the choice of a version. */
  children?: ReactNode;
}) {
  const t = useTranslations("schedule");
  const cityOf = useCityOf();
  const keyName = useTranslations("ui.keys");
  const locale = useLocale();
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const viewer = useViewerZone();
  const text = useHoursText();
  const duration = useExactDuration();
  const kept = useRef<IntervalWeek | undefined>(value);
  const remembered = useRef<IntervalWeek>({});
  const [clipboard, setClipboard] = useState<{ name: string; intervals: DayIntervals } | null>(null);
  const [news, setNews] = useState("");

  const offered = useMemo(
    () => presets(weekdays.filter((_, index) => isWeekendDay(locale, index))),
    [locale],
  );
  const isKnown = isTimeZone(timezone);
  const zone = isKnown ? timezone : "UTC";
  const shownFrom = Math.max(wallMoment(zone, now).day, fromDay ?? Number.NEGATIVE_INFINITY);
  const firstDay = weekStart(shownFrom, firstWeekday(locale));
  const viewerZone = isKnown && !showTheSame(zone, viewer, firstDay * DAY_MS) ? viewer : undefined;
  const calendar = useMemo(
    () => compileCalendar(weeklyCalendar({ timezone: zone, week: value, holidays })),
    [zone, value, holidays],
  );
  const changes = useMemo(
    () => (isKnown ? clockChangeEffects(calendar, shownFrom * DAY_MS, daysAhead) : []),
    [isKnown, calendar, shownFrom],
  );
  const viewerHours = useMemo(() => {
    if (!viewerZone) return undefined;
    const hours: Partial<Record<Weekday, string[]>> = {};
    // Ignores holidays, because the row describes every week, not the current one.
    const everyWeek = compileCalendar(weeklyCalendar({ timezone: zone, week: value, holidays: [] }));
    for (let day = firstDay; day < firstDay + 7; day++) {
      const weekday = weekdays[weekdayIndex(day)];
      if (!weekday || !value) continue;
      const { plan, shifts } = everyWeek.dayOn(day);
      // In the order of the fields. Undefined for a shift that a clock change skips.
      hours[weekday] = plan.map((span) => {
        const shift = shifts.find((each) => each.span === span);
        return shift ? text.elsewhere(shift, viewerZone, day) : "";
      });
    }
    return hours;
  }, [value, zone, viewerZone, firstDay, text]);

  function change(next: IntervalWeek) {
    for (const weekday of weekdays) {
      const intervals = value?.[weekday];
      if (intervals && intervals.length > 0) remembered.current[weekday] = intervals;
    }
    onChange(next);
  }

  function switchMode(mode: string) {
    if (mode === "always") {
      kept.current = value;
      onChange(undefined);
    } else onChange(kept.current ?? weekOf(offered[0]?.schedule ?? {}));
  }

  function switchDay(week: IntervalWeek, weekday: Weekday, isOn: boolean) {
    const others = weekdays.map((each) => intervalsOn(week, each)).find((each) => each.length > 0);
    const last = remembered.current[weekday] ?? others ?? [usualHours];
    change(withDay(week, weekday, isOn ? last : []));
  }

  function onKeys(event: KeyboardEvent, week: IntervalWeek, weekday: Weekday, name: string) {
    if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
    const intervals = intervalsOn(week, weekday);
    if (event.key.toLowerCase() === "c" && window.getSelection()?.isCollapsed !== false) {
      setClipboard({ name, intervals });
      setNews(t("copied", { day: name, hours: text.plan(intervals) }));
    } else if (event.key.toLowerCase() === "v" && clipboard) {
      change(withDay(week, weekday, clipboard.intervals));
      setNews(t("pasted", { source: clipboard.name, day: name }));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const shared = overlaps(value ?? {});
  const name = (weekday: Weekday) => weekdayName(locale, weekdays.indexOf(weekday));
  /** Existing schedules with one interval a day may overlap the next day. New ones must not. */
  const overNext = (weekday: Weekday) => {
    const over = isSingle ? undefined : shared.find((each) => each.weekday === weekday);
    return over && t("mustEndBefore", { next: name(over.next), duration: duration(over.minutes) });
  };
  const mod = isApple() ? "⌘" : keyName("Ctrl");

  return (
    <div className="@container flex flex-col gap-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        {isReadOnly ? (
          <p className="font-medium">{value ? t("weekly") : t("always")}</p>
        ) : (
          <Segmented label={t("mode")} value={value ? "weekly" : "always"} onChange={switchMode}>
            <Segment value="always">{t("always")}</Segment>
            <Segment value="weekly">{t("weekly")}</Segment>
          </Segmented>
        )}
        {value && (
          <div className="flex items-center gap-4">
            <p className="text-muted">
              {t.rich("total", {
                duration: duration(weeklyMinutes(value)),
                strong: (words) => <strong className="font-semibold text-ink tabular-nums">{words}</strong>,
              })}
            </p>
            {!isReadOnly && (
              <PresetMenu
                presets={offered}
                week={value}
                onChoose={(preset) => {
                  change(weekOf(preset.schedule));
                  setNews(t("presetChosen", { preset: t(`preset.${preset.id}`) }));
                }}
              />
            )}
          </div>
        )}
      </div>
      <p className="-mt-3 text-muted">
        {!value
          ? t("alwaysHelp")
          : isKnown &&
            t("zoneHelp", { zone: cityOf(zone), time: formatWallTime(locale, wallMoment(zone, now)) })}
      </p>
      {children}
      {value && weekdays.every((weekday) => intervalsOn(value, weekday).length === 0) && (
        <Callout look="warning">{t("neverInHours")}</Callout>
      )}
      {value &&
        (isReadOnly ? (
          <ScheduleTable week={value} viewerHours={viewerHours} />
        ) : (
          <section aria-label={t("weekly")}>
            <div className="divide-y divide-line border-line border-y">
              {weekOrder(locale).map((index) => {
                const weekday = weekdays[index];
                if (!weekday) return null;
                return (
                  <DayRow
                    key={weekday}
                    weekday={weekday}
                    name={weekdayName(locale, index)}
                    intervals={intervalsOn(value, weekday)}
                    viewerHours={viewerHours?.[weekday]}
                    overNext={overNext(weekday)}
                    isSingle={isSingle}
                    copyKeys={`${mod} C`}
                    onSwitch={(isOn) => switchDay(value, weekday, isOn)}
                    onChange={(intervals) => change(withDay(value, weekday, intervals))}
                    onCopy={(targets) => {
                      change(copyDay(value, weekday, targets));
                      setNews(t("copiedTo", { day: weekdayName(locale, index), count: targets.length }));
                    }}
                    onKeys={(event) => onKeys(event, value, weekday, weekdayName(locale, index))}
                  />
                );
              })}
            </div>
            <p role="status" className="pt-2 text-muted text-sm empty:hidden">
              {news}
            </p>
            {!news && (
              <p className="pt-2 text-muted text-sm @max-xl:hidden">
                {t("keysHint", { copy: `${mod}+C`, paste: `${mod}+V` })}
              </p>
            )}
          </section>
        ))}
      {isSingle && shared.length > 0 && (
        <ul className="text-muted text-sm">
          {shared.map(({ weekday, next, minutes }) => (
            <li key={weekday}>
              {t("overlap", {
                day: name(weekday),
                next: name(next),
                duration: duration(minutes),
              })}
            </li>
          ))}
        </ul>
      )}
      <ClockChangeNotes changes={changes} />
      {isKnown && <WeekStrip calendar={calendar} viewerZone={viewerZone} firstDay={firstDay} now={now} />}
    </div>
  );
}

/** Returns whether two time zones have the same offset throughout the week. */
function showTheSame(a: string, b: string, weekStartMs: number): boolean {
  return [0, 2, 4, 6, 8].every((days) => {
    const instant = weekStartMs + days * DAY_MS;
    return wallClockAt(a, instant) === wallClockAt(b, instant);
  });
}

function isApple(): boolean {
  return typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);
}
